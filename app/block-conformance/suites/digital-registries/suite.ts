import { listAt, textAt } from '../../json-at.js';
import type { CallParts, CheckContext, Suite } from '../../suite.js';
import { recordScenarios } from './record-scenarios.js';
import { created, database, person, registry } from './records.js';
import { registryScenarios } from './registry-scenarios.js';

const entries = (c: CheckContext): CallParts => ({
  path: registry(c),
  body: { write: [{ content: person(c).content }] },
});
const value = async (c: CheckContext): Promise<CallParts> => ({
  path: { ...registry(c), uuid: (await created(c)).id, field: c.fixtures.text('textField'), ext: 'json' },
});
const queried = async (c: CheckContext): Promise<CallParts> => ({
  path: registry(c),
  body: { query: (await created(c)).query },
});
const update = async (c: CheckContext): Promise<CallParts> => {
  const one = await created(c);
  return {
    path: registry(c),
    body: { query: one.query, write: { content: { [c.fixtures.text('otherField')]: 'New' } } },
  };
};
const upsert = (c: CheckContext): CallParts => {
  const one = person(c);
  return { path: registry(c), body: { query: one.query, write: { content: one.content } } };
};
const usage = (c: CheckContext): CallParts => ({
  query: { userId: c.fixtures.text('personId'), databaseId: c.fixtures.text('personRegistry') },
});
const aDatabase = async (c: CheckContext): Promise<CallParts> => {
  const code = c.unique('Check');
  await c.call('modifyDatabase', { body: database(code) });
  const all = listAt(await c.call('listDatabases'), 'databases');
  return {
    path: {
      id:
        textAt(
          all.find((one) => textAt(one, 'name') === code),
          'id',
        ) || '1',
    },
  };
};

export const digitalRegistries: Suite = {
  block: 'digital-registries',
  specification: { name: 'GovStack bb-digital-registries, data API', version: '1.4.0' },
  headers: (fixtures) => ({ 'Information-Mediator-Client': fixtures.text('client') }),
  samples: {
    list: (c) => ({ path: registry(c) }),
    create: (c) => ({ path: registry(c), body: { write: { content: person(c).content } } }),
    createEntries: (c) => ({
      path: { registryName: c.fixtures.text('registry') },
      body: { write: [{ content: person(c).content }] },
    }),
    exists: queried,
    read: queried,
    update,
    updateEntries: update,
    updateOrCreate: upsert,
    delete: async (c) => ({ path: { ...registry(c), id: (await created(c)).id } }),
    readValue: value,
    DPU: usage,
    DPUSpeltOtherwise: usage,
    createEntriesOlder: entries,
    updateEntriesOlder: update,
    updateOrCreateOlder: upsert,
    readValueOlder: value,
    DPUOlder: (c) => ({
      query: { userID: c.fixtures.text('personId'), DatabaseID: c.fixtures.text('personRegistry') },
    }),
    listDatabases: () => ({}),
    readDatabase: aDatabase,
    deleteDatabase: aDatabase,
    modifyDatabase: (c) => ({ body: database(c.unique('Check')) }),
  },
  scenarios: [...recordScenarios(), ...registryScenarios()],
  profiles: {
    data: {
      title: 'Records of registries, and who read them',
      operations: [
        'list',
        'create',
        'createEntries',
        'exists',
        'read',
        'update',
        'updateEntries',
        'updateOrCreate',
        'delete',
        'readValue',
        'DPU',
        'DPUSpeltOtherwise',
        'createEntriesOlder',
        'updateEntriesOlder',
        'updateOrCreateOlder',
        'readValueOlder',
        'DPUOlder',
      ],
    },
    databases: {
      title: 'The registries themselves',
      operations: ['listDatabases', 'readDatabase', 'deleteDatabase', 'modifyDatabase'],
    },
  },
};
