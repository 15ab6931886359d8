import type { JsonObject } from '../../../contracts/json.js';
import { createDigitalRegistriesBlock } from '../../../mocks/digital-registries/block.js';
import { expectBody, stateSuite, type Call, type KeptThing } from '../state.suite.js';
import { change, CLIENT, POPULATION, query, seedsOf, write } from './registries-setup.js';

const content: JsonObject = { individualId: 'IND-9000', firstName: 'Nia', region: 'North', householdSize: 3 };

/** A record, written by one operation and changed by another; both dialects work on the same state. */
function record(name: string, create: string, update: readonly ['POST' | 'PUT', string]): KeptThing {
  return {
    name,
    create: async (call) => {
      const made = await call('POST', `${POPULATION}/${create}`, { body: write(content) });
      return expectBody<{ content: { individualId: string } }>(made).content.individualId;
    },
    read: async (call, id) => {
      const answer = await call('POST', `${POPULATION}/read`, { body: query({ individualId: id }) });
      return answer.status === 404 ? undefined : expectBody<{ content: JsonObject }>(answer).content;
    },
    created: content,
    list: async (call, id) =>
      expectBody<{ results: readonly JsonObject[] }>(
        await call('GET', POPULATION, { query: { pageSize: '100' } }),
      ).results.some(({ individualId }) => individualId === id),
    update: {
      run: async (call, id) => {
        const [method, path] = update;
        const body = change({ individualId: id }, { householdSize: 4 });
        expectBody(await call(method, `${POPULATION}/${path}`, { body }));
      },
      expected: { firstName: 'Nia', householdSize: 4 },
    },
    delete: async (call, id) => expectBody(await call('DELETE', `${POPULATION}/${id}/delete`), 204),
  };
}

async function databaseNumbered(call: Call, code: string): Promise<string> {
  const { databases } = expectBody<{ databases: readonly { id: number; name: string }[] }>(
    await call('GET', '/databases'),
  );
  return String(databases.find(({ name }) => name === code)?.id ?? 'none');
}

stateSuite('digital registries', {
  create: createDigitalRegistriesBlock,
  seeds: seedsOf(),
  headers: { 'information-mediator-client': CLIENT },
  things: [
    record('a record', 'create', ['PUT', 'update']),
    record('a record in the older dialect', 'create', ['PUT', 'update-entries']),
    {
      name: 'a database',
      create: async (call) => {
        const schema = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
        const body = { groupName: 'Land office', catalogName: 'Parcels', code: 'parcels', schema };
        expectBody(await call('POST', '/database/modify', { body }));
        return databaseNumbered(call, 'parcels');
      },
      read: async (call, id) => {
        const answer = await call('GET', `/database/${id}`);
        return answer.status === 404 ? undefined : expectBody<JsonObject>(answer);
      },
      created: { name: 'parcels', institution: 'Land office' },
      list: async (call, id) => (await databaseNumbered(call, 'parcels')) === id,
      delete: async (call, id) => expectBody(await call('DELETE', `/database/${id}`)),
    },
    {
      name: 'a note of who has read',
      create: async (call) => {
        expectBody(await call('POST', `${POPULATION}/read`, { body: query({ individualId: 'IND-0002' }) }));
        return 'IND-0002';
      },
      read: async (call, id) => {
        const usage = { userId: id, databaseId: 'population' };
        const answer = await call('GET', '/data/mypersonalDataUsage', { query: usage });
        return answer.status === 404 ? undefined : expectBody<readonly JsonObject[]>(answer)[0];
      },
      created: { readerId: CLIENT, searchDateTime: '2025-03-01T08:00:00.000Z' },
    },
  ],
});
