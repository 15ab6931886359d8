import { magicRules } from '../kit/magic-rules.js';
import { ruleOf, type RuleCatalogue } from '../kit/rules.js';
import { documentTable } from './outcomes.js';

/** Every rule by which an operation of this block answers, with its status and when. The kit's own are in `mocks/kit/rules.ts`. */
export const registrationRules: RuleCatalogue = {
  ...magicRules(documentTable, [{ status: 200, operations: ['submitApplication'] }]),
  completed: ruleOf(200, 'The task is done', ['completeTaskById']),
  counted: ruleOf(200, 'How many applications were decided how', ['Statistics', 'StatisticsOlder']),
  found: ruleOf(200, 'It is there', [
    'getApplicationFileById',
    'getDocument',
    'getEForm',
    'getService',
    'getTaskById',
  ]),
  listed: ruleOf(200, 'What there is, perhaps nothing', [
    'getApplicantFileList',
    'getServiceList',
    'getServiceSchemaByServiceKey',
    'getTasks',
  ]),
  'refused:GSB-REQ-001': ruleOf(
    400,
    'The request fits its schema and still cannot be: the detail names the field and why',
    ['Statistics', 'completeTaskById', 'submitApplication', 'updateApplicationFileForm', 'uploadFile'],
  ),
  'refused:GSB-REQ-002': ruleOf(
    404,
    'What the request names is not there; the detail names what is nearest, where anybody may know that',
    [
      'Statistics',
      'completeTaskById',
      'getApplicationFileById',
      'getDocument',
      'getEForm',
      'getService',
      'getServiceSchemaByServiceKey',
      'getTaskById',
      'submitApplication',
      'updateApplicationFileForm',
    ],
  ),
  'refused:GSB-REQ-003': ruleOf(409, 'It contradicts what is there', [
    'completeTaskById',
    'submitApplication',
    'updateApplicationFileForm',
  ]),
  'refused:GSB-REQ-004': ruleOf(413, 'It is too large', ['uploadFile']),
  registered: ruleOf(200, 'The application is filed and its first task is open', ['submitApplication']),
  'status:APPROVED': ruleOf(200, 'The application is approved', ['updateApplicationFileForm']),
  'status:PENDING': ruleOf(200, 'The application waits', ['updateApplicationFileForm']),
  'status:REJECTED': ruleOf(200, 'The application is rejected', ['updateApplicationFileForm']),
  'status:SENDBACK': ruleOf(200, 'The application goes back to the applicant', ['updateApplicationFileForm']),
  stored: ruleOf(200, 'The files are kept', ['uploadFile']),
  unchanged: ruleOf(200, 'The same was said before; nothing changes', [
    'completeTaskById',
    'updateApplicationFileForm',
  ]),
  updated: ruleOf(200, 'It was changed', ['updateApplicationFileForm']),
};
