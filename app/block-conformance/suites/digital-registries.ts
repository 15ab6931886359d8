import type { JsonObject } from '../../../contracts/json.js';
import { at, listAt, textAt } from '../json-at.js';
import type { Answer, CallParts, CheckContext, Scenario, Suite } from '../suite.js';

const registry = ({ fixtures }: CheckContext): Record<string, string> => ({
  registryName: fixtures.text('registry'),
  versionNumber: fixtures.text('version'),
});

interface Person {
  readonly id: string;
  readonly content: JsonObject;
  readonly query: JsonObject;
}

function person(c: CheckContext, more: JsonObject = {}): Person {
  const { fixtures } = c;
  const id = c.unique('C');
  const idField = fixtures.text('idField');
  const content = {
    [idField]: id,
    [fixtures.text('textField')]: c.unique('Nia'),
    [fixtures.text('otherField')]: 'Stone',
    ...more,
  };
  return { id, content, query: { content: { [idField]: id } } };
}

async function created(c: CheckContext, more: JsonObject = {}): Promise<Person> {
  const made = person(c, more);
  await c.call('create', { path: registry(c), body: { write: { content: made.content } } });
  return made;
}

const read = (
  c: CheckContext,
  { query }: Person,
  expected: 'success' | 'refused' = 'success',
): Promise<Answer> => c.call('read', { path: registry(c), body: { query } }, expected);

const exists = async (c: CheckContext, { query }: Person): Promise<boolean> =>
  at(await c.call('exists', { path: registry(c), body: { query } }), 'answer', 'status') === true;

const life = (older: boolean): Scenario => {
  const name = (id: string): string => (older ? `${id}Older` : id);
  return {
    id: older ? 'record-life-older' : 'record-life',
    title: 'A record is created, read, listed, updated, deleted and gone',
    operations: ['create', 'read', 'exists', 'list', 'update', 'delete', name('readValue')],
    ...(older ? { dialect: 'older' as const } : {}),
    play: async (c) => {
      const path = registry(c);
      const one = person(c);
      const other = await created(c);
      c.expect(!(await exists(c, one)), 'what was never written does not exist', 'exists says it does');
      await read(c, one, 'refused');
      const made = await c.call('create', { path, body: { write: { content: one.content } } });
      c.holds(made.body, { content: one.content }, 'what is created is answered');
      c.expect(await exists(c, one), 'what is written exists', 'exists says that it does not');
      c.holds((await read(c, one)).body, { content: one.content }, 'what is written is read back');
      const textField = c.fixtures.text('textField');
      const otherField = c.fixtures.text('otherField');
      const list = (): Promise<Answer> =>
        c.call('list', { path, query: { [`query.${textField}`]: textAt(one.content, textField) } });
      c.holds(
        (await list()).body,
        { count: 1, results: [one.content] },
        'what is written is listed, and nothing else',
      );
      const value = await c.call(name('readValue'), {
        path: { ...path, uuid: one.id, field: otherField, ext: 'json' },
      });
      c.holds(value.body, 'Stone', 'a field is read by itself');
      const change = { [otherField]: 'Field' };
      await c.call('update', { path, body: { query: one.query, write: { content: change } } });
      c.holds(
        (await read(c, one)).body,
        { content: { ...one.content, ...change } },
        'an update changes the named fields and keeps the others',
      );
      c.holds((await read(c, other)).body, { content: other.content }, 'an update changes nothing else');
      for (const _time of ['first', 'again'])
        await c.call('delete', { path: { ...path, id: one.id } }, [204]);
      c.expect(!(await exists(c, one)), 'what is deleted is gone', 'exists still finds it');
      await read(c, one, 'refused');
      c.holds((await list()).body, { count: 0, results: [] }, 'what is deleted is listed no more');
      c.holds((await read(c, other)).body, { content: other.content }, 'a deletion takes nothing else away');
    },
  };
};

const scenarios: readonly Scenario[] = [
  life(false),
  life(true),
  {
    id: 'repeated-create',
    title: 'Creating the same record once more succeeds, and makes no second one',
    operations: ['create', 'list'],
    dialect: 'both',
    play: async (c) => {
      const path = registry(c);
      const { content } = await created(c);
      await c.call('create', { path, body: { write: { content } } });
      const textField = c.fixtures.text('textField');
      const listed = await c.call('list', {
        path,
        query: { [`query.${textField}`]: textAt(content, textField) },
      });
      c.holds(listed.body, { count: 1 }, 'the same record is kept once');
    },
  },
  {
    id: 'bulk-update',
    title: 'update changes one record, updateEntries every record that matches',
    operations: ['create', 'update', 'updateEntries', 'list', 'read'],
    play: async (c) => {
      const path = registry(c);
      const textField = c.fixtures.text('textField');
      const otherField = c.fixtures.text('otherField');
      const shared = { [textField]: c.unique('Kin') };
      const three = [await created(c, shared), await created(c, shared), await created(c, shared)];
      const stranger = await created(c);
      const count = async (value: string): Promise<number> => {
        const query = { [`query.${textField}`]: textAt(shared, textField), [`query.${otherField}`]: value };
        return Number(at(await c.call('list', { path, query }), 'count'));
      };
      await c.call('update', {
        path,
        body: { query: { content: shared }, write: { content: { [otherField]: 'One' } } },
      });
      c.expect((await count('One')) === 1, 'update changes one record', `${await count('One')} changed`);
      await c.call('updateEntries', {
        path,
        body: { query: { content: shared }, write: { content: { [otherField]: 'All' } } },
      });
      c.expect(
        (await count('All')) === three.length,
        'updateEntries changes every record that matches',
        `${await count('All')} of ${three.length} changed`,
      );
      c.holds(
        (await read(c, stranger)).body,
        { content: stranger.content },
        'what does not match stays as it is',
      );
    },
  },
  {
    id: 'update-nothing',
    title: 'An update that matches nothing succeeds and writes nothing',
    operations: ['update', 'exists'],
    dialect: 'both',
    play: async (c) => {
      const nobody = person(c);
      await c.call(
        'update',
        {
          path: registry(c),
          body: { query: nobody.query, write: { content: { [c.fixtures.text('otherField')]: 'X' } } },
        },
        [200],
      );
      c.expect(!(await exists(c, nobody)), 'an update creates nothing', 'the record exists now');
    },
  },
  ...(['', 'Older'] as const).map((suffix): Scenario => ({
    id: `update-or-create${suffix.toLowerCase()}`,
    title: 'updateOrCreate creates what is missing and updates what is there',
    operations: [`updateOrCreate${suffix}`, 'read', 'list'],
    ...(suffix === '' ? {} : { dialect: 'older' as const }),
    play: async (c) => {
      const path = registry(c);
      const one = person(c);
      const otherField = c.fixtures.text('otherField');
      const write = (content: JsonObject): Promise<Answer> =>
        c.call(`updateOrCreate${suffix}`, { path, body: { query: one.query, write: { content } } });
      await write(one.content);
      c.holds((await read(c, one)).body, { content: one.content }, 'what is missing is created');
      const answer = await write({ ...one.content, [otherField]: 'Changed' });
      c.holds(answer.body, { content: { [otherField]: 'Changed' } }, 'the record is answered as it is now');
      c.holds(
        (await read(c, one)).body,
        { content: { ...one.content, [otherField]: 'Changed' } },
        'what is there is updated',
      );
      const idField = c.fixtures.text('idField');
      const listed = await c.call('list', { path, query: { [`query.${idField}`]: one.id } });
      c.holds(listed.body, { count: 1 }, 'it makes no second record');
    },
  })),
  {
    id: 'paging',
    title: 'A list comes in pages, in order, whole',
    operations: ['create', 'list'],
    play: async (c) => {
      const path = registry(c);
      const textField = c.fixtures.text('textField');
      const idField = c.fixtures.text('idField');
      const shared = { [textField]: c.unique('Row') };
      const ids: string[] = [];
      for (let made = 0; made < 5; made += 1) ids.push((await created(c, shared)).id);
      ids.sort();
      const page = (number: number, more: Record<string, string> = {}): Promise<Answer> =>
        c.call('list', {
          path,
          query: {
            [`query.${textField}`]: textAt(shared, textField),
            pageSize: '2',
            page: String(number),
            ...more,
          },
        });
      const found: string[] = [];
      for (const number of [1, 2, 3]) {
        const answer = await page(number);
        c.holds(answer.body, { count: 5 }, 'count says how many there are on all pages');
        const rows = listAt(answer, 'results');
        c.expect(
          rows.length === (number === 3 ? 1 : 2),
          'a page holds as many as were asked for',
          `page ${number} holds ${rows.length}`,
        );
        c.expect(
          (at(answer, 'next') !== undefined && at(answer, 'next') !== null) === number < 3,
          'next is there on all pages but the last',
          `page ${number}: ${textAt(answer, 'next')}`,
        );
        found.push(...rows.map((row) => textAt(row, idField)));
      }
      c.holds(found, ids, 'the pages together hold each record once, in ascending order');
      const last = await page(1, { ordering: 'descending' });
      c.holds(
        listAt(last, 'results').map((row) => textAt(row, idField)),
        [...ids].reverse().slice(0, 2),
        'the order can be turned round',
      );
    },
  },
  {
    id: 'search',
    title: 'search looks into the field that filter names',
    operations: ['create', 'list'],
    dialect: 'both',
    play: async (c) => {
      const path = registry(c);
      const one = await created(c);
      await created(c);
      const textField = c.fixtures.text('textField');
      const search = textAt(one.content, textField);
      const answer = await c.call('list', { path, query: { search, filter: textField } });
      c.holds(
        answer.body,
        { count: 1, results: [one.content] },
        'a search finds what fits, and nothing else',
      );
      const wrong = await c.call('list', { path, query: { search, filter: c.fixtures.text('otherField') } });
      c.holds(wrong.body, { count: 0, results: [] }, 'a search looks into no other field');
    },
  },
  {
    id: 'unknown-registry',
    title: 'A registry that there is not is refused',
    operations: ['list', 'create'],
    dialect: 'both',
    play: async (c) => {
      const path = { registryName: c.unique('none'), versionNumber: '1' };
      await c.call('list', { path }, 'refused');
      await c.call('create', { path, body: { write: { content: { a: 'b' } } } }, 'refused');
    },
  },
  {
    id: 'data-usage',
    title: 'Reading about a person leaves a trace that the person can see',
    operations: ['read', 'DPU'],
    play: async (c) => {
      const userId = c.fixtures.text('personId');
      const path = {
        registryName: c.fixtures.text('personRegistry'),
        versionNumber: c.fixtures.text('personVersion'),
      };
      const usage = async (): Promise<number> =>
        listAt(await c.call('DPU', { query: { userId, databaseId: path.registryName } }, [200, 404])).length;
      const before = await usage();
      await c.call('read', { path, body: { query: { content: { [c.fixtures.text('idField')]: userId } } } });
      const after = await c.until(
        () => c.call('DPU', { query: { userId, databaseId: path.registryName } }),
        (answer) => listAt(answer).length > before,
      );
      c.expect(
        listAt(after).length === before + 1,
        'each reading leaves one trace',
        `${before} before, ${listAt(after).length} after`,
      );
      const traces = JSON.stringify(listAt(after).slice(before));
      c.expect(
        traces.includes('CONFORMANCE') || traces.includes(c.fixtures.text('client')),
        'a trace names the reader',
        traces.slice(0, 200),
      );
      await c.call('DPU', { query: { userId: '...', databaseId: path.registryName } }, 'refused');
    },
  },
  {
    id: 'databases',
    title: 'A database is made, listed, described, deleted and gone',
    operations: ['modifyDatabase', 'listDatabases', 'readDatabase', 'deleteDatabase', 'create'],
    play: async (c) => {
      const code = c.unique('Check');
      await c.call('modifyDatabase', { body: database(code) });
      const all = async (): Promise<readonly JsonObject[]> =>
        listAt(await c.call('listDatabases'), 'databases') as readonly JsonObject[];
      const found = (await all()).find(({ name }) => name === code);
      c.expect(found !== undefined, 'a database that was made is listed', `${code} is not among them`);
      if (found === undefined) return;
      const id = textAt(found, 'id');
      const described = await c.call('readDatabase', { path: { id } });
      c.holds(
        described.body,
        { name: code, schema: { required: ['ID'] } },
        'a database is described as it was made',
      );
      await c.call('create', {
        path: { registryName: code, versionNumber: textAt(found, 'version') },
        body: { write: { content: { ID: 'A-1', name: 'Nia' } } },
      });
      for (const _time of ['first', 'again']) {
        const gone = await c.call('deleteDatabase', { path: { id } });
        c.holds(gone.body, 'Success', 'a deletion says Success');
      }
      c.expect(
        !(await all()).some(({ name }) => name === code),
        'a database that was deleted is listed no more',
        `${code} is still there`,
      );
    },
  },
  {
    id: 'tenants',
    title: 'What one tenant writes no other tenant sees',
    operations: ['create', 'exists', 'list'],
    dialect: 'both',
    play: async (c) => {
      const other = c.otherTenant();
      const one = await created(c);
      c.expect(!(await exists(other, one)), 'tenants are kept apart', 'another tenant finds the record');
      const textField = c.fixtures.text('textField');
      const listed = await other.call('list', {
        path: registry(c),
        query: { [`query.${textField}`]: textAt(one.content, textField) },
      });
      c.holds(listed.body, { count: 0 }, 'tenants are kept apart');
    },
  },
  {
    id: 'idempotency-key',
    title: 'One Idempotency-Key is one request',
    operations: ['create'],
    extension: true,
    dialect: 'both',
    play: async (c) => {
      const headers = { 'Idempotency-Key': c.uuid() };
      const send = (
        content: JsonObject,
        expected: 'success' | readonly number[] = 'success',
      ): Promise<Answer> =>
        c.call('create', { path: registry(c), headers, body: { write: { content } } }, expected);
      const one = person(c);
      const first = await send(one.content);
      const again = await send(one.content);
      c.holds(again.body, first.body ?? null, 'the same request under the same key gets the same answer');
      await send(person(c).content, [422]);
    },
  },
  {
    id: 'content-schema',
    title: 'Content that does not fit the registry, or is there already, is refused',
    operations: ['create', 'read'],
    extension: true,
    dialect: 'both',
    play: async (c) => {
      const path = registry(c);
      const textField = c.fixtures.text('textField');
      await c.call(
        'create',
        { path, body: { write: { content: { ...person(c).content, [textField]: 7 } } } },
        [400],
      );
      const one = await created(c);
      await c.call(
        'create',
        { path, body: { write: { content: { ...one.content, [textField]: 'Other' } } } },
        [409],
      );
      c.holds((await read(c, one)).body, { content: one.content }, 'what is refused changes nothing');
    },
  },
  ...(['createEntries', 'createEntriesOlder'] as const).map((operationId): Scenario => ({
    id: operationId === 'createEntries' ? 'entries' : 'entries-older',
    title: 'Several records are created at once, all or none',
    operations: [operationId, 'exists'],
    ...(operationId === 'createEntries' ? { extension: true } : { dialect: 'older' as const }),
    play: async (c) => {
      const path = registry(c);
      const pair = [person(c), person(c)];
      const answer = await c.call(
        operationId,
        { path, body: { write: pair.map(({ content }) => ({ content })) } },
        [201],
      );
      c.holds(
        answer.body,
        { receive: pair.map(({ content }) => ({ content })) },
        'what is created is answered, in order',
      );
      for (const one of pair) c.expect(await exists(c, one), 'each of them exists', `${one.id} does not`);
    },
  })),
];

function database(code: string): JsonObject {
  const schema = {
    type: 'object',
    properties: { ID: { type: 'string', primaryKey: true }, name: { type: 'string' } },
    required: ['ID'],
  };
  return { groupName: 'Conformance', catalogName: 'Checks', code, schema };
}

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
    DPU: (c) => ({
      query: { userId: c.fixtures.text('personId'), databaseId: c.fixtures.text('personRegistry') },
    }),
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
  scenarios,
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
