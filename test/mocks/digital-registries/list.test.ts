import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../contracts/json.js';
import { people, POPULATION, seedsOf, startRegistries, type Registries } from './registries-setup.js';

interface Page {
  readonly count: number;
  readonly next?: string;
  readonly previous?: string;
  readonly after?: string;
  readonly results: readonly { readonly individualId: string; readonly region?: string }[];
}

async function list(
  { send }: Registries,
  query: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Page> {
  const answer = await send('GET', POPULATION, { query, headers });
  expect(answer.status).toBe(200);
  return answer.body as unknown as Page;
}

const ids = ({ results }: Page): readonly string[] => results.map(({ individualId }) => individualId);

function crowd(size: number): readonly JsonObject[] {
  return Array.from({ length: size }, (_, index) => ({
    individualId: `IND-${String(index).padStart(6, '0')}`,
    firstName: index % 3 === 0 ? 'Olga' : 'Ravi',
    region: index % 2 === 0 ? 'North' : 'South',
  }));
}

describe('list', () => {
  it('answers all records when they fit on one page, without links', async () => {
    const page = await list(await startRegistries());
    expect(page).toEqual({ count: 3, results: people });
  });

  it('filters by indexed and by other fields, together, as text', async () => {
    const registries = await startRegistries();
    expect(ids(await list(registries, { 'query.region': 'North' }))).toEqual(['IND-0001', 'IND-0003']);
    expect(ids(await list(registries, { 'query.householdSize': '5', 'query.region': 'North' }))).toEqual([
      'IND-0001',
      'IND-0003',
    ]);
    expect(ids(await list(registries, { 'query.alive': 'true' }))).toEqual(['IND-0001', 'IND-0002']);
    expect(ids(await list(registries, { 'query.region': 'North', 'query.alive': 'false' }))).toEqual([
      'IND-0003',
    ]);
    expect(ids(await list(registries, { 'query.individualId': 'IND-0002' }))).toEqual(['IND-0002']);
    expect(ids(await list(registries, { 'query.address.town': 'Old Harbour' }))).toEqual(['IND-0001']);
    expect(await list(registries, { 'query.region': 'West' })).toEqual({ count: 0, results: [] });
  });

  it('searches texts, in one field or in all, with wildcards', async () => {
    const registries = await startRegistries();
    expect(ids(await list(registries, { search: 'amina' }))).toEqual(['IND-0001']);
    expect(ids(await list(registries, { search: 'Amina*', filter: 'firstName' }))).toEqual([
      'IND-0001',
      'IND-0003',
    ]);
    expect(ids(await list(registries, { search: '*a*l*', filter: 'lastName' }))).toEqual([
      'IND-0001',
      'IND-0003',
    ]);
    expect(ids(await list(registries, { search: 'Amina', filter: 'lastName' }))).toEqual([]);
    expect(ids(await list(registries, { search: 'ab*ba', filter: 'firstName' }))).toEqual([]);
  });

  it('orders by identifier, either way', async () => {
    const registries = await startRegistries();
    expect(ids(await list(registries, { ordering: 'descending' }))).toEqual([
      'IND-0003',
      'IND-0002',
      'IND-0001',
    ]);
    expect(ids(await list(registries, { ordering: 'descending', search: 'Amina*' }))).toEqual([
      'IND-0003',
      'IND-0001',
    ]);
    expect(ids(await list(registries, { ordering: 'descending', page: '2', pageSize: '2' }))).toEqual([
      'IND-0001',
    ]);
  });

  it.each([
    { page: '0' },
    { pageSize: '0' },
    { pageSize: '1001' },
    { page: 'two' },
    { ordering: 'random' },
    { after: 'IND-0001', ordering: 'descending' },
  ])('refuses %j', async (query) => {
    const { send } = await startRegistries();
    expect((await send('GET', POPULATION, { query: query })).status).toBe(400);
  });

  it('answers 404 for an unknown registry and only the requested fields', async () => {
    const registries = await startRegistries();
    expect((await registries.send('GET', '/data/fishing/1.0')).status).toBe(404);
    const cut = await list(
      registries,
      { 'query.region': 'South' },
      { 'x-sandbox-fields': 'firstName,region' },
    );
    expect(cut.results).toEqual([{ firstName: 'Tomas', region: 'South' }]);
    const sly = await registries.send('GET', POPULATION, {
      query: { 'query.alive': 'false' },
      headers: { 'x-sandbox-fields': 'firstName' },
    });
    expect(sly.status).toBe(400);
    const hidden = await list(registries, { search: 'Salehi' }, { 'x-sandbox-fields': 'firstName' });
    expect(hidden.count).toBe(0);
  });
});

describe('paging', () => {
  it.each([
    ['everything', {}, 1250],
    ['an indexed filter', { 'query.region': 'North' }, 625],
    ['any other filter', { 'query.firstName': 'Olga' }, 417],
  ])('by next and by page number, each record comes once: %s', async (_what, filter, total) => {
    const registries = await startRegistries(seedsOf(crowd(1250)));
    const byNumber: string[] = [];
    const byNext: string[] = [];
    for (let page = 1; page <= Math.ceil(total / 200); page += 1) {
      const answer = await list(registries, { ...filter, page: String(page), pageSize: '200' });
      expect(answer.count).toBe(total);
      byNumber.push(...ids(answer));
    }
    let link: string | undefined = `?${new URLSearchParams({ ...filter, pageSize: '200' }).toString()}`;
    while (link !== undefined) {
      const answer: Page = await list(registries, Object.fromEntries(new URLSearchParams(link)));
      byNext.push(...ids(answer));
      link = answer.next;
    }
    expect(byNumber).toHaveLength(total);
    expect(new Set(byNumber).size).toBe(total);
    expect(byNext).toEqual(byNumber);
  });

  it('goes on behind a cursor although records came in before it', async () => {
    const registries = await startRegistries(seedsOf(crowd(4)));
    const first = await list(registries, { pageSize: '2' });
    expect(first).toMatchObject({ after: 'IND-000001', next: '?pageSize=2&page=2&after=IND-000001' });
    await registries.send('POST', `${POPULATION}/create`, {
      body: { write: { content: { individualId: 'AAA', firstName: 'New' } } },
    });
    const second = await list(registries, { pageSize: '2', after: 'IND-000001', page: '2' });
    expect(ids(second)).toEqual(['IND-000002', 'IND-000003']);
    expect(second).toMatchObject({ count: 5, previous: '?pageSize=2&page=1' });
    expect(second.next).toBeUndefined();
    expect(second.after).toBeUndefined();
    expect(ids(await list(registries, { pageSize: '2', page: '9' }))).toEqual([]);
  });
});
