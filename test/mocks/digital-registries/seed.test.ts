import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../contracts/json.js';
import { packages, people, population, POPULATION, seedsOf, startRegistries } from './registries-setup.js';

const record = (content: JsonObject, more: JsonObject = {}): JsonObject => ({
  registry: 'population',
  version: '1.0',
  content,
  ...more,
});

describe('seeds', () => {
  it('fill the registries; a reset puts everything back', async () => {
    const uuid = '80BCB084-fa17-11ed-be56-0242ac120002';
    const seeds = { registries: [population], records: [record(people[0]!, { uuid })] };
    const { block, send } = await startRegistries(seeds);
    expect((await send('GET', `${POPULATION}/${uuid}/readValue/firstName.json`)).body).toBe('Amina');
    await send('DELETE', `${POPULATION}/${uuid}/delete`);
    expect((await send('GET', POPULATION)).body).toMatchObject({ count: 0 });
    await block.reset('test' as never, seedsOf());
    expect((await send('GET', POPULATION)).body).toMatchObject({ count: 3 });
    const usage = await send('GET', '/data/mypersonalDataUsage', {
      query: { userId: 'IND-0001', databaseId: 'population' },
    });
    expect((usage.body as JsonObject[]).map(({ operation }) => operation)).toEqual(['list']);
  });

  it('may be absent: then there is no registry', async () => {
    const { send } = await startRegistries({});
    const answer = await send('GET', POPULATION);
    expect(answer.status).toBe(404);
    expect((answer.body as { detail: string }).detail).toContain('there are: none');
  });

  it.each<[string, readonly JsonObject[], readonly JsonObject[], RegExp]>([
    [
      'a registry without schema',
      [{ name: 'a', version: '1', title: 'A', institution: 'B' }],
      [],
      /registries\[0\].*schema/s,
    ],
    [
      'a schema that does not compile',
      [{ ...packages, schema: { type: 'nonsense' } }],
      [],
      /registries\[0\].*type/s,
    ],
    ['a registry twice', [packages, packages], [], /registries\[1\].*twice/],
    [
      'too many indexes',
      [{ ...packages, indexes: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }],
      [],
      /registries\[0\].*6 fields/s,
    ],
    ['an unknown registry', [], [record(people[0]!)], /records\[0\].*population\/1\.0/],
    [
      'content that does not fit',
      [population],
      [record(people[0]!), record({ individualId: 'X' })],
      /records\[1\].*firstName/s,
    ],
    [
      'an identifier twice',
      [population],
      [record(people[0]!), record({ ...people[0], nationalNumber: 'N9' })],
      /records\[1\].*twice/,
    ],
    [
      'a unique value twice',
      [population],
      [record(people[0]!), record({ ...people[1], nationalNumber: 'N1' })],
      /records\[1\].*twice/,
    ],
  ])('name the entry at fault: %s', async (_what, registries, records, message) => {
    await expect(startRegistries({ registries, records })).rejects.toThrow(message);
  });
});
