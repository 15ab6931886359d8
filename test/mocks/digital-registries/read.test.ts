import { describe, expect, it } from '@jest/globals';
import { CLIENT, people, POPULATION, query, startRegistries, type Registries } from './registries-setup.js';

const fields = (names: string): { 'x-sandbox-fields': string } => ({ 'x-sandbox-fields': names });

describe('read', () => {
  it('finds a record by its identifier, by an index, by any field and by nested content', async () => {
    const registries = await startRegistries();
    for (const wanted of [
      { individualId: 'IND-0001' },
      { nationalNumber: 'N1' },
      { lastName: 'Salehi' },
      { address: { town: 'Old Harbour' } },
      { 'address.street': 'Mill Lane 3' },
    ]) {
      const answer = await registries.send('POST', `${POPULATION}/read`, { body: query(wanted) });
      expect(answer).toMatchObject({ status: 200, headers: { 'x-sandbox-rule': 'found' } });
      expect(answer.body).toEqual({ content: people[0] });
    }
  });

  it('needs everything in the query to match', async () => {
    const registries = await startRegistries();
    for (const wanted of [
      { individualId: 'IND-0001', firstName: 'Tomas' },
      { individualId: 'IND-0404' },
      { householdSize: '5' },
      { nationalNumber: 'N1', alive: false },
    ]) {
      const answer = await registries.send('POST', `${POPULATION}/read`, { body: query(wanted) });
      expect(answer).toMatchObject({ status: 404, body: { detail: 'no record found' } });
    }
  });

  it('refuses an empty query, an absent body, an absent client and an unknown registry', async () => {
    const { send, block } = await startRegistries();
    expect((await send('POST', `${POPULATION}/read`, { body: query({}) })).status).toBe(400);
    expect((await send('POST', `${POPULATION}/read`)).status).toBe(400);
    expect(
      (await send('POST', '/data/population/9.9/read', { body: query({ individualId: 'IND-0001' }) })).status,
    ).toBe(404);
    const anonymous = await block.handle('test' as never, {
      method: 'POST',
      path: `${POPULATION}/read`,
      query: {},
      headers: {},
      body: query({ individualId: 'IND-0001' }),
    });
    expect(anonymous.status).toBe(400);
    expect((anonymous.body as { detail: string }).detail).toContain('information-mediator-client');
  });

  it('answers only the fields that were asked for', async () => {
    const { send } = await startRegistries();
    const ask = (names: string, wanted = query({ individualId: 'IND-0001' })): ReturnType<typeof send> =>
      send('POST', `${POPULATION}/read`, { body: wanted, headers: fields(names) });
    expect((await ask('firstName, alive')).body).toEqual({ content: { firstName: 'Amina', alive: true } });
    expect((await ask('address.town,firstName')).body).toEqual({
      content: { address: { town: 'Old Harbour' }, firstName: 'Amina' },
    });
    expect(await ask('shoeSize')).toMatchObject({ status: 400 });
    expect(await ask(' , ')).toMatchObject({ status: 400 });
    const byOther = await ask('firstName', query({ lastName: 'Salehi' }));
    expect(byOther.status).toBe(400);
    expect((byOther.body as { detail: string }).detail).toContain('lastName');
    expect((await ask('firstName,lastName', query({ lastName: 'Salehi' }))).status).toBe(200);
  });
});

describe('exists', () => {
  it('says whether a record matches', async () => {
    const { send } = await startRegistries();
    const ask = (content: Record<string, string>, headers = {}): ReturnType<typeof send> =>
      send('POST', `${POPULATION}/exists`, { body: query(content), headers });
    expect((await ask({ individualId: 'IND-0002', firstName: 'Tomas' })).body).toMatchObject({
      answer: { status: true },
    });
    expect((await ask({ individualId: 'IND-0002', firstName: 'Thomas' })).body).toMatchObject({
      answer: { status: false },
    });
    expect((await ask({ individualId: 'IND-0002', firstName: 'Tomas' }, fields('alive'))).status).toBe(400);
    expect((await send('POST', `${POPULATION}/exists`, { body: {} })).status).toBe(400);
    expect((await send('POST', '/data/fishing/1.0/exists', { body: query({ a: 1 }) })).status).toBe(404);
  });
});

describe('readValue', () => {
  it('answers a text as it is and anything else as value', async () => {
    const { send } = await startRegistries();
    const value = (path: string, headers = {}): ReturnType<typeof send> =>
      send('GET', `${POPULATION}/${path}`, { headers });
    expect((await value('IND-0001/readValue/firstName.json')).body).toBe('Amina');
    expect((await value('IND-0001/readValue/householdSize.json')).body).toEqual({ value: 5 });
    expect((await value('IND-0001/readValue/address.town.json')).body).toBe('Old Harbour');
    expect((await value('IND-0001/readValue/firstName.xml')).status).toBe(400);
    expect((await value('IND-0001/readValue/shoeSize.json')).status).toBe(404);
    expect((await value('IND-0404/readValue/firstName.json')).status).toBe(404);
    expect((await value('IND-0001/readValue/firstName.json', fields('alive'))).status).toBe(400);
    expect((await value('IND-0001/readValue/firstName.json', fields('firstName'))).status).toBe(200);
  });
});

describe('mypersonalDataUsage', () => {
  const usage = async (
    { send }: Registries,
    userId: string,
    databaseId = 'population',
  ): ReturnType<typeof send> => send('GET', '/data/mypersonalDataUsage', { query: { userId, databaseId } });

  it('lists each reading of a person: who, when, which record, which fields', async () => {
    const registries = await startRegistries();
    const { send, clock } = registries;
    await send('POST', `${POPULATION}/read`, {
      body: query({ individualId: 'IND-0001' }),
      headers: fields('alive'),
    });
    clock.forward(1000);
    await send('GET', `${POPULATION}/IND-0001/readValue/lastName.json`);
    clock.forward(1000);
    await send('POST', `${POPULATION}/exists`, {
      body: query({ individualId: 'IND-0001', region: 'North' }),
    });
    clock.forward(1000);
    await send('GET', POPULATION, { query: { 'query.region': 'North' } });
    const answer = await usage(registries, 'IND-0001');
    expect(answer.status).toBe(200);
    const entries = answer.body as Record<string, unknown>[];
    expect(entries.map(({ operation, fields: names }) => [operation, names])).toEqual([
      ['read', ['alive']],
      ['readValue', ['lastName']],
      ['exists', ['individualId', 'region']],
      ['list', undefined],
    ]);
    expect(entries[0]).toMatchObject({
      readerId: CLIENT,
      readerInstitutionId: 'GOVSTACK/GOV/social-ministry',
      readerApplicationName: 'cash-transfer',
      searchDateTime: '2025-03-01T08:00:00.000Z',
      refrences: [{ ReferenceId: 'IND-0001' }],
    });
    expect(entries[3]?.refrences).toEqual([{ ReferenceId: 'IND-0001' }]);
    expect((await usage(registries, 'IND-0003')).body).toHaveLength(1);
  });

  it('logs nothing where nothing was read, nor for a registry that is not about persons', async () => {
    const registries = await startRegistries();
    const { send } = registries;
    await send('POST', `${POPULATION}/read`, {
      body: query({ individualId: 'IND-0002', firstName: 'Wrong' }),
    });
    await send('POST', `${POPULATION}/exists`, {
      body: query({ individualId: 'IND-0002', firstName: 'Wrong' }),
    });
    await send('POST', `${POPULATION}/read`, {
      body: query({ individualId: 'IND-0002' }),
      headers: fields('shoeSize'),
    });
    expect((await usage(registries, 'IND-0002')).status).toBe(404);
    await send('POST', '/data/packages/1.0/create', {
      body: { write: { content: { id: 'P1', title: 'Pension' } } },
    });
    await send('POST', '/data/packages/1.0/read', { body: query({ id: 'P1' }) });
    expect((await usage(registries, 'P1', 'packages')).status).toBe(404);
  });

  it('counts a reading once that is asked for again under its Idempotency-Key', async () => {
    const registries = await startRegistries();
    const ask = (): ReturnType<Registries['send']> =>
      registries.send('POST', `${POPULATION}/read`, {
        body: query({ individualId: 'IND-0001' }),
        headers: { 'idempotency-key': 'k1' },
      });
    expect((await ask()).body).toEqual((await ask()).body);
    expect((await usage(registries, 'IND-0001')).body).toHaveLength(1);
  });

  it('refuses identifiers that cannot be any', async () => {
    const registries = await startRegistries();
    expect((await usage(registries, '...')).status).toBe(400);
    expect((await usage(registries, 'IND-0001', '...')).status).toBe(400);
    expect((await registries.send('GET', '/data/mypersonalDataUsage')).status).toBe(400);
  });
});
