import { describe, expect, it } from '@jest/globals';
import { WORKSPACE } from '../kit/test-deps.js';
import { change, CLIENT, POPULATION, query, startRegistries, write } from './registries-setup.js';

describe('the older dialect of the registries', () => {
  it('writes into the same state as the published paths', async () => {
    const { send } = await startRegistries();
    const created = await send('POST', '/data/population/1.0/create-entries', {
      body: { write: [{ content: { individualId: 'IND-0009', firstName: 'Lena', region: 'South' } }] },
    });
    expect(created.status).toBe(201);
    await send('PUT', `${POPULATION}/update-entries`, { body: change({ region: 'South' }, { alive: true }) });
    await send('POST', `${POPULATION}/update-or-create`, {
      body: change({ individualId: 'IND-0009' }, { lastName: 'Berg' }),
    });
    const read = await send('POST', `${POPULATION}/read`, { body: query({ individualId: 'IND-0009' }) });
    expect(read.body).toEqual({
      content: {
        individualId: 'IND-0009',
        firstName: 'Lena',
        lastName: 'Berg',
        region: 'South',
        alive: true,
      },
    });
    const older = await send('GET', `${POPULATION}/IND-0009/read-value/lastName.json`);
    const published = await send('GET', `${POPULATION}/IND-0009/readValue/lastName.json`);
    expect([older.body, published.body]).toEqual(['Berg', 'Berg']);
  });

  it('asks whether a record exists by the content itself', async () => {
    const { send } = await startRegistries();
    const ask = (content: Record<string, string>) => send('POST', `${POPULATION}/exists`, { body: content });
    expect((await ask({ individualId: 'IND-0002' })).body).toMatchObject({ answer: { status: true } });
    expect((await ask({ individualId: 'IND-0002', firstName: 'Amina' })).body).toMatchObject({
      answer: { status: false },
    });
  });

  it('tells who has read, in its own spelling, and an empty list when nobody has', async () => {
    const { send } = await startRegistries();
    const usage = (userID: string, DatabaseID = 'population') =>
      send('GET', '/data/MyPersonalDataUsage/1.0', { query: { userID, DatabaseID } });
    await send('POST', `${POPULATION}/read`, { body: query({ individualId: 'IND-0001' }) });
    expect((await usage('IND-0001')).body).toEqual([
      expect.objectContaining({ ReaderID: CLIENT, Refrences: [{ ReferenceID: 'IND-0001' }] }),
    ]);
    expect((await usage('IND-0002')).body).toEqual([]);
    expect((await usage('IND-0001', 'fishing')).status).toBe(404);
    expect((await usage('...')).status).toBe(400);
  });

  it('takes the caller under each of the three names of its header', async () => {
    const { block } = await startRegistries();
    const names = ['X-GovStack-Client', 'Information-Mediator-Client', 'X-Road-Client'];
    for (const name of names) {
      const headers = { [name.toLowerCase()]: CLIENT };
      const answer = await block.handle(WORKSPACE, { method: 'GET', path: POPULATION, query: {}, headers });
      expect(answer.status).toBe(200);
    }
    const nobody = { method: 'GET', path: POPULATION, query: {}, headers: {} } as const;
    expect((await block.handle(WORKSPACE, nobody)).status).toBe(400);
  });

  it.each([
    ['POST', 'create'],
    ['POST', 'create-entries'],
    ['POST', 'exists'],
    ['POST', 'read'],
    ['PUT', 'update'],
    ['PUT', 'update-entries'],
    ['POST', 'update-or-create'],
  ] as const)('refuses %s %s without a body, and does not fail', async (method, operation) => {
    const { send } = await startRegistries();
    expect((await send(method, `${POPULATION}/${operation}`)).status).toBe(400);
  });
});

const vessels = {
  code: 'vessels',
  group_name: 'Ministry of fisheries',
  schema: {
    type: 'some object',
    properties: {
      ID: { type: 'some string', primaryKey: true, id: 1, triggers: [] },
      owner: { type: ' some object', properties: { name: { type: 'a string', id: 13 } } },
      tons: { type: 'integer' },
    },
    incrementIndex: 30,
    required: ['ID'],
  },
};

describe('the databases', () => {
  it('number the registries and describe them', async () => {
    const { send } = await startRegistries();
    const listed = (await send('GET', '/databases')).body as { databases: { id: number; name: string }[] };
    expect(listed.databases.map(({ id, name }) => [id, name])).toEqual([
      [1, 'population'],
      [2, 'packages'],
    ]);
    expect((await send('GET', '/database/1')).body).toEqual(listed.databases[0]);
    expect((await send('GET', '/database/7')).status).toBe(404);
    expect((await send('GET', '/database/seven')).status).toBe(400);
  });

  it('make a registry of a loose schema, in which records can be kept', async () => {
    const { send } = await startRegistries();
    const modified = await send('POST', '/database/modify', { body: vessels });
    expect([modified.status, modified.body]).toEqual([200, vessels.schema]);
    const boat = { ID: 'V1', owner: { name: 'Ada' }, tons: 12 };
    expect((await send('POST', '/data/vessels/1.0/create', { body: write(boat) })).body).toEqual({
      content: boat,
    });
    const wrong = { ID: 'V2', tons: 'many' };
    expect((await send('POST', '/data/vessels/1.0/create', { body: write(wrong) })).status).toBe(400);
    expect((await send('GET', '/database/3')).body).toMatchObject({
      name: 'vessels',
      institution: 'Ministry of fisheries',
      schema: vessels.schema,
    });
    // Once more: the same database, the same record.
    await send('POST', '/database/modify', { body: vessels });
    const listed = (await send('GET', '/databases')).body as { databases: unknown[] };
    expect(listed.databases).toHaveLength(3);
    expect((await send('GET', '/data/vessels/1.0')).body).toMatchObject({ count: 1 });
  });

  it('delete a registry with its records, and again, and give its number to nobody else', async () => {
    const { send } = await startRegistries();
    for (const _time of [1, 2]) expect((await send('DELETE', '/database/1')).body).toBe('Success');
    expect((await send('GET', POPULATION)).status).toBe(404);
    expect((await send('GET', '/database/1')).status).toBe(404);
    expect((await send('DELETE', '/database/99')).body).toBe('Success');
    await send('DELETE', '/database/2');
    await send('POST', '/database/modify', { body: { ...vessels, code: 'population' } });
    expect((await send('GET', '/database/3')).body).toMatchObject({ name: 'population' });
    expect((await send('GET', POPULATION)).body).toMatchObject({ count: 0 });
  });
});
