import { magicRules } from '../kit/magic-rules.js';
import { ruleOf, type RuleCatalogue } from '../kit/rules.js';
import { personTable } from './outcomes.js';

/** Every rule by which an operation of this block answers, with its status and when. The kit's own are in `mocks/kit/rules.ts`. */
export const digitalRegistriesRules: RuleCatalogue = {
  ...magicRules(personTable, {
    deceased: [{ status: 200, operations: ['list', 'read'] }],
    locked: [{ status: 422, operations: ['exists', 'read'] }],
    'multiple-matches': [
      { status: 200, operations: ['list'] },
      { status: 422, operations: ['read'] },
    ],
  }),
  'already-there': [
    ruleOf(200, 'The same record is there already; the older dialect calls this success', [
      'create',
      'updateOrCreate',
      'updateOrCreateOlder',
    ]),
    ruleOf(201, 'The same record is there already; the older dialect calls this success', [
      'createEntries',
      'createEntriesOlder',
    ]),
  ],
  created: [
    ruleOf(200, 'It is new', ['create', 'modifyDatabase', 'updateOrCreate', 'updateOrCreateOlder']),
    ruleOf(201, 'It is new', ['createEntries', 'createEntriesOlder']),
  ],
  deleted: [
    ruleOf(200, 'The record, or the database, is gone', ['deleteDatabase']),
    ruleOf(204, 'The record, or the database, is gone', ['delete']),
  ],
  found: ruleOf(200, 'It is there', ['exists', 'read', 'readDatabase']),
  listed: ruleOf(200, 'What there is, perhaps nothing', ['list', 'listDatabases']),
  modified: ruleOf(200, 'The definition of a database that was there was replaced', ['modifyDatabase']),
  'no-record': [
    ruleOf(200, 'No record fits: the answer is false', ['exists']),
    ruleOf(404, 'No record fits the query', ['read']),
  ],
  'no-usage': ruleOf(200, 'Nobody has read data of this person, as the older dialect says it', ['DPUOlder']),
  'nothing-to-delete': [
    ruleOf(200, 'It was not there; deleting succeeds all the same', ['deleteDatabase']),
    ruleOf(204, 'It was not there; deleting succeeds all the same', ['delete']),
  ],
  'nothing-to-update': ruleOf(200, 'No record fits; changing succeeds all the same', [
    'update',
    'updateEntries',
    'updateEntriesOlder',
  ]),
  'refused:GSB-REQ-001': ruleOf(
    400,
    'The request fits its schema and still cannot be: the detail names the field and why',
    [
      'create',
      'createEntries',
      'createEntriesOlder',
      'delete',
      'exists',
      'list',
      'modifyDatabase',
      'read',
      'readValue',
      'readValueOlder',
      'update',
      'updateEntries',
      'updateEntriesOlder',
      'updateOrCreate',
      'updateOrCreateOlder',
    ],
  ),
  'refused:GSB-REQ-002': ruleOf(
    404,
    'What the request names is not there; the detail names what is nearest, where anybody may know that',
    [
      'DPU',
      'DPUOlder',
      'DPUSpeltOtherwise',
      'create',
      'createEntries',
      'createEntriesOlder',
      'delete',
      'exists',
      'list',
      'modifyDatabase',
      'read',
      'readDatabase',
      'readValue',
      'readValueOlder',
      'update',
      'updateEntries',
      'updateEntriesOlder',
      'updateOrCreate',
      'updateOrCreateOlder',
    ],
  ),
  'refused:GSB-REQ-003': ruleOf(409, 'It contradicts what is there', [
    'create',
    'createEntries',
    'createEntriesOlder',
    'modifyDatabase',
    'update',
    'updateEntries',
    'updateEntriesOlder',
    'updateOrCreate',
    'updateOrCreateOlder',
  ]),
  updated: ruleOf(200, 'It was changed', [
    'update',
    'updateEntries',
    'updateEntriesOlder',
    'updateOrCreate',
    'updateOrCreateOlder',
  ]),
  usage: ruleOf(200, 'Who read which data of this person, and when', [
    'DPU',
    'DPUOlder',
    'DPUSpeltOtherwise',
  ]),
  value: ruleOf(200, 'The field has this value', ['readValue', 'readValueOlder']),
};
