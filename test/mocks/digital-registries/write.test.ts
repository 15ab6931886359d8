import { describe, expect, it } from '@jest/globals';
import type { BlockResponse } from '../../../contracts/block.js';
import {
  change,
  people,
  POPULATION,
  query,
  startRegistries,
  write,
  type Registries,
} from './registries-setup.js';

const newcomer = { individualId: 'IND-0100', nationalNumber: 'N100', firstName: 'Zeyneb' };

async function stored(registries: Registries, individualId: string): Promise<BlockResponse> {
  return registries.send('POST', `${POPULATION}/read`, { body: query({ individualId }) });
}

describe('create', () => {
  it('stores a record and says so; the same one again succeeds and changes nothing', async () => {
    const registries = await startRegistries();
    const first = await registries.send('POST', `${POPULATION}/create`, { body: write(newcomer) });
    expect(first).toMatchObject({
      status: 200,
      body: { content: newcomer },
      headers: { 'x-sandbox-rule': 'created' },
    });
    const again = await registries.send('POST', `${POPULATION}/create`, { body: write(newcomer) });
    expect(again).toMatchObject({
      status: 200,
      body: { content: newcomer },
      headers: { 'x-sandbox-rule': 'already-there' },
    });
    expect((await stored(registries, 'IND-0100')).body).toEqual({ content: newcomer });
  });

  it('refuses content that does not fit the schema, naming each field', async () => {
    const registries = await startRegistries();
    const answer = await registries.send('POST', `${POPULATION}/create`, {
      body: write({ individualId: 'IND-0100', region: 'West', shoeSize: 44 }),
    });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    const { detail } = answer.body as { detail: string };
    expect(detail).toContain('/body/write/content/firstName is required');
    expect(detail).toContain('/body/write/content/region must be one of ["North","South"]');
    expect(detail).toContain('/body/write/content/shoeSize is not known');
    expect((await stored(registries, 'IND-0100')).status).toBe(404);
  });

  it('refuses another record with a taken identifier or a taken unique value', async () => {
    const registries = await startRegistries();
    const sameId = await registries.send('POST', `${POPULATION}/create`, {
      body: write({ ...newcomer, individualId: 'IND-0001' }),
    });
    expect(sameId).toMatchObject({ status: 409, body: { code: 'GSB-REQ-003' } });
    expect((sameId.body as { detail: string }).detail).toContain('/body/write/content/individualId');
    const sameNumber = await registries.send('POST', `${POPULATION}/create`, {
      body: write({ ...newcomer, nationalNumber: 'N2' }),
    });
    expect(sameNumber.status).toBe(409);
    expect((sameNumber.body as { detail: string }).detail).toContain(
      '/body/write/content/nationalNumber must be unique',
    );
  });

  it('gives an identifier where the content has none, the same under the same Idempotency-Key', async () => {
    const registries = await startRegistries();
    const send = (key: string): Promise<BlockResponse> =>
      registries.send('POST', '/data/packages/1.0/create', {
        body: write({ title: 'Child support' }),
        headers: { 'idempotency-key': key },
      });
    const first = await send('key-1');
    const { content } = first.body as { content: { id: string; title: string } };
    expect(content.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await send('key-1')).toMatchObject({
      body: { content },
      headers: { 'idempotent-replay': 'true' },
    });
    expect((await send('key-2')).body).not.toEqual(first.body);
    const other = await registries.send('POST', '/data/packages/1.0/create', {
      body: write({ title: 'Pension' }),
      headers: { 'idempotency-key': 'key-1' },
    });
    expect(other.status).toBe(422);
    expect((await registries.send('GET', '/data/packages/1.0')).body).toMatchObject({ count: 2 });
  });

  it.each([
    ['an empty text', ''],
    ['too long a text', 'x'.repeat(121)],
    ['a list', ['a']],
    ['half a surrogate pair', 'abc\ud800'],
  ])('refuses an identifier that is %s', async (_what, individualId) => {
    const registries = await startRegistries();
    const answer = await registries.send('POST', `${POPULATION}/create`, {
      body: write({ ...newcomer, individualId }),
    });
    expect(answer).toMatchObject({ status: 400 });
    expect((answer.body as { detail: string }).detail).toContain('/body/write/content/individualId');
  });

  it('keeps identifiers with slashes and other scripts apart', async () => {
    const registries = await startRegistries();
    for (const individualId of ['A/B', 'A%2FB', 'أمينة']) {
      const answer = await registries.send('POST', `${POPULATION}/create`, {
        body: write({ individualId, firstName: individualId }),
      });
      expect(answer.status).toBe(200);
    }
    expect((await stored(registries, 'A/B')).body).toEqual({
      content: { individualId: 'A/B', firstName: 'A/B' },
    });
    expect((await stored(registries, 'أمينة')).body).toMatchObject({ content: { firstName: 'أمينة' } });
    const gone = await registries.send('DELETE', `${POPULATION}/A%2FB/delete`);
    expect(gone.headers['x-sandbox-rule']).toBe('deleted');
    expect((await stored(registries, 'A%2FB')).status).toBe(200);
  });

  it('refuses a body without what the contract asks for, and an unknown registry', async () => {
    const registries = await startRegistries();
    expect((await registries.send('POST', `${POPULATION}/create`)).status).toBe(400);
    expect((await registries.send('POST', `${POPULATION}/create`, { body: {} })).status).toBe(400);
    const unknown = await registries.send('POST', '/data/fishing/1.0/create', { body: write(newcomer) });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'GSB-REQ-002' } });
    expect((unknown.body as { detail: string }).detail).toContain('population/1.0');
  });
});

describe('createEntries', () => {
  it('stores all, in the newest version of the registry', async () => {
    const registries = await startRegistries();
    const body = {
      write: [
        { content: newcomer },
        { content: { ...newcomer, individualId: 'IND-0101', nationalNumber: 'N101' } },
      ],
    };
    const answer = await registries.send('POST', '/data/population/createEntries', { body });
    expect(answer.status).toBe(201);
    const { receive } = answer.body as { receive: { content: unknown; createdAt: string; uuid: string }[] };
    expect(receive).toHaveLength(2);
    expect(receive[0]).toMatchObject({ content: newcomer, createdAt: '2025-03-01T08:00:00.000Z' });
    expect(
      await registries.send('GET', `${POPULATION}/${receive[1]?.uuid ?? ''}/readValue/individualId.json`),
    ).toMatchObject({
      body: 'IND-0101',
    });
  });

  it('stores none when one does not fit or two collide', async () => {
    const registries = await startRegistries();
    const bad = await registries.send('POST', '/data/population/createEntries', {
      body: { write: [{ content: newcomer }, { content: { individualId: 'IND-0101' } }] },
    });
    expect(bad.status).toBe(400);
    expect((bad.body as { detail: string }).detail).toContain('/body/write/1/content/firstName is required');
    const twins = await registries.send('POST', '/data/population/createEntries', {
      body: { write: [{ content: newcomer }, { content: { ...newcomer, individualId: 'IND-0101' } }] },
    });
    expect(twins.status).toBe(409);
    expect((await stored(registries, 'IND-0100')).status).toBe(404);
    expect(
      (await registries.send('POST', '/data/fishing/createEntries', { body: { write: [{ content: {} }] } }))
        .status,
    ).toBe(404);
  });
});

describe('update', () => {
  it('replaces the named fields of the record that matches', async () => {
    const registries = await startRegistries();
    registries.clock.forward(60_000);
    const answer = await registries.send('PUT', `${POPULATION}/update`, {
      body: change({ individualId: 'IND-0002' }, { region: 'North' }),
    });
    expect(answer).toMatchObject({ status: 200, body: { updated: 1 } });
    expect((await stored(registries, 'IND-0002')).body).toEqual({
      content: { ...people[1], region: 'North' },
    });
    const north = await registries.send('GET', POPULATION, { query: { 'query.region': 'North' } });
    expect(north.body).toMatchObject({ count: 3 });
  });

  it('finds the record by what is written when there is no query', async () => {
    const registries = await startRegistries();
    await registries.send('PUT', `${POPULATION}/update`, {
      body: write({ individualId: 'IND-0003', alive: true }),
    });
    expect((await stored(registries, 'IND-0003')).body).toEqual({ content: { ...people[2], alive: true } });
  });

  it('answers 200 when nothing matches, and changes nothing', async () => {
    const registries = await startRegistries();
    const answer = await registries.send('PUT', `${POPULATION}/update`, {
      body: change({ individualId: 'IND-0404' }, { individualId: 'IND-0405', firstName: 'Elsa' }),
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { updated: 0 },
      headers: { 'x-sandbox-rule': 'nothing-to-update' },
    });
    expect((await registries.send('GET', POPULATION)).body).toMatchObject({ count: 3 });
  });

  it('refuses what would change an identifier, break the schema, take a unique value, or mean every record', async () => {
    const registries = await startRegistries();
    const send = async (body: ReturnType<typeof write>): Promise<[number, string]> => {
      const { status, body: problem } = await registries.send('PUT', `${POPULATION}/update`, { body });
      return [status, (problem as { detail: string }).detail];
    };
    const one = { individualId: 'IND-0001' };
    expect(await send(change(one, { individualId: 'IND-0009' }))).toEqual([
      400,
      expect.stringContaining('individualId cannot change'),
    ]);
    expect(await send(change(one, { birthDate: '1984-02-31' }))).toEqual([
      400,
      expect.stringContaining('/birthDate'),
    ]);
    expect(await send(change(one, { nationalNumber: 'N2' }))).toEqual([
      409,
      expect.stringContaining('/nationalNumber'),
    ]);
    expect(await send(write({ region: 'North' }))).toEqual([
      400,
      expect.stringContaining('/body/query/content is required'),
    ]);
    expect(await send(change({}, { region: 'North' }))).toEqual([
      400,
      expect.stringContaining('/body/query/content'),
    ]);
    expect((await stored(registries, 'IND-0001')).body).toEqual({ content: people[0] });
  });
});

describe('updateEntries', () => {
  it('changes every match and says how many', async () => {
    const registries = await startRegistries();
    const answer = await registries.send('PUT', `${POPULATION}/updateEntries`, {
      body: change({ region: 'North', householdSize: 5 }, { householdSize: 6 }),
    });
    expect(answer.body).toEqual({ updated: 2 });
    const sixes = await registries.send('GET', POPULATION, { query: { 'query.householdSize': '6' } });
    expect(sixes.body).toMatchObject({ count: 2 });
    expect((await stored(registries, 'IND-0002')).body).toEqual({ content: people[1] });
  });

  it('changes none when the outcome would not be unique', async () => {
    const registries = await startRegistries();
    const answer = await registries.send('PUT', `${POPULATION}/updateEntries`, {
      body: change({ region: 'North' }, { nationalNumber: 'N77' }),
    });
    expect(answer.status).toBe(409);
    expect((await stored(registries, 'IND-0001')).body).toEqual({ content: people[0] });
    const none = await registries.send('PUT', `${POPULATION}/updateEntries`, {
      body: change({ firstName: 'Nobody' }, { alive: false }),
    });
    expect(none).toMatchObject({ status: 200, body: { updated: 0 } });
  });
});

describe('updateOrCreate', () => {
  it('creates, with the identifier of the query, and then updates', async () => {
    const registries = await startRegistries();
    const body = (firstName: string): ReturnType<typeof write> =>
      change({ individualId: 'IND-0200' }, { firstName });
    const created = await registries.send('POST', `${POPULATION}/updateOrCreate`, { body: body('Jack') });
    expect(created).toMatchObject({ status: 200, headers: { 'x-sandbox-rule': 'created' } });
    expect(created.body).toEqual({ content: { individualId: 'IND-0200', firstName: 'Jack' } });
    const updated = await registries.send('POST', `${POPULATION}/updateOrCreate`, { body: body('Emma') });
    expect(updated.headers['x-sandbox-rule']).toBe('updated');
    expect(updated.body).toEqual({ content: { individualId: 'IND-0200', firstName: 'Emma' } });
  });

  it('goes by the written identifier without a query, and refuses content that does not fit', async () => {
    const registries = await startRegistries();
    const updated = await registries.send('POST', `${POPULATION}/updateOrCreate`, {
      body: write({ individualId: 'IND-0001', householdSize: 4 }),
    });
    expect(updated.body).toEqual({ content: { ...people[0], householdSize: 4 } });
    const bad = await registries.send('POST', `${POPULATION}/updateOrCreate`, {
      body: write({ individualId: 'IND-0300' }),
    });
    expect(bad.status).toBe(400);
  });
});

describe('delete', () => {
  it('deletes by identifier or uuid, and what is gone is gone', async () => {
    const registries = await startRegistries();
    const remove = (id: string): Promise<BlockResponse> =>
      registries.send('DELETE', `${POPULATION}/${id}/delete`);
    expect(await remove('IND-0001')).toMatchObject({ status: 204, headers: { 'x-sandbox-rule': 'deleted' } });
    expect((await stored(registries, 'IND-0001')).status).toBe(404);
    expect(await remove('IND-0001')).toMatchObject({
      status: 204,
      headers: { 'x-sandbox-rule': 'nothing-to-delete' },
    });
    expect((await remove('%7Bid%7D')).status).toBe(204);
    expect((await registries.send('DELETE', '/data/fishing/1.0/IND-0001/delete')).status).toBe(404);
  });
});
