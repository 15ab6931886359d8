import { describe, expect, it } from '@jest/globals';
import type { BlockId } from '../../../contracts/block.js';
import type { Case } from '../../../contracts/case.js';
import type { FindOptions } from '../../../contracts/documents.js';
import { DEFAULT_WORKSPACE as workspace } from '../../../contracts/ids.js';
import type { Run } from '../../../contracts/run.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { blockSetOf, createSearch, type Search } from '../../../orchestrator/runtime/search.js';

const DAY = 86_400_000;
const dayOf = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * DAY).toISOString();
const blocks: readonly (readonly BlockId[])[] = [[], ['payments'], ['payments', 'consent'], ['consent']];

/** Forty runs and cases, one a day, but the last two of each on one day. */
async function library(): Promise<{ search: Search; asked: FindOptions[] }> {
  const documents = createMemoryDocuments();
  const runs = documents.collection<Run>('runs', [
    'status',
    'caseId',
    'person',
    'digest',
    'blockSet',
    'startedAt',
  ]);
  const cases = documents.collection<Case>('cases', [
    'kind',
    'state',
    'person',
    'useCase',
    'number',
    'blockSet',
    'openedAt',
  ]);
  for (let n = 0; n < 40; n += 1) {
    const at = dayOf(Math.min(n, 38));
    const called = blocks[n % 4]!;
    const set = called.length === 0 ? {} : { blocks: called, blockSet: blockSetOf(called) };
    const id = String(n).padStart(2, '0');
    await runs.put({
      ...set,
      _id: `${workspace}/run-${id}`,
      id: `run-${id}`,
      caseId: `case-${n % 10}`,
      person: `person-${n % 3}`,
      digest: n % 2 === 0 ? 'digest-a' : 'digest-b',
      status: n % 5 === 0 ? 'faulted' : 'completed',
      startedAt: at,
    } as unknown as Run);
    await cases.put({
      ...set,
      _id: `${workspace}/case-${id}`,
      id: `case-${id}`,
      useCase: 'usct',
      kind: n % 2 === 0 ? 'application' : 'grievance',
      state: 'open',
      person: `person-${n % 3}`,
      number: `USCT-A-0000${id}`,
      openedAt: at,
    } as unknown as Case);
  }
  await runs.put({ _id: 'other/run-99', id: 'run-99', startedAt: dayOf(1) } as unknown as Run);
  const asked: FindOptions[] = [];
  const search = createSearch({
    runs: { ...runs, find: (options) => (asked.push(options ?? {}), runs.find(options)) },
    cases,
    digests: ({ useCase, name }) =>
      Promise.resolve(useCase === 'none' ? [] : [name === 'other' ? 'digest-b' : 'digest-a']),
  });
  return { search, asked };
}

const numbers = (found: readonly { id: string }[]): number[] =>
  found.map(({ id }) => Number(id.split('-')[1]));

describe('searching runs', () => {
  it('finds the newest first, of this workspace only, and pages without loss or repetition', async () => {
    const { search, asked } = await library();
    const seen: number[] = [];
    for (let after: string | undefined, pages = 0; pages < 10; pages += 1) {
      const page = await search.runs(workspace, { limit: 7, after });
      expect(page.found.length).toBeLessThanOrEqual(7);
      seen.push(...numbers(page.found));
      after = page.next;
      if (after === undefined) break;
    }
    expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => 39 - n));
    // No page asks for more than itself and a look at the next.
    expect(asked.every(({ limit }) => limit === 8)).toBe(true);
  });

  it.each<[string, Partial<Parameters<Search['runs']>[1]>, (n: number) => boolean]>([
    ['person', { person: 'person-1' }, (n) => n % 3 === 1],
    ['case', { caseId: 'case-4' }, (n) => n % 10 === 4],
    ['state', { state: 'faulted' }, (n) => n % 5 === 0],
    ['workflow', { workflow: 'other' }, (n) => n % 2 === 1],
    ['use case', { useCase: 'usct' }, (n) => n % 2 === 0],
    ['a use case that there is not', { useCase: 'none' }, () => false],
    ['a block that it called', { block: 'payments' }, (n) => n % 4 === 1 || n % 4 === 2],
    ['a block that nobody called', { block: 'scheduler' }, () => false],
    ['time', { since: dayOf(10), until: dayOf(20) }, (n) => n >= 10 && n < 20],
    [
      'all at once',
      { person: 'person-1', block: 'consent', since: dayOf(5), state: 'completed' },
      (n) => n % 3 === 1 && (n % 4 === 2 || n % 4 === 3) && n >= 5 && n % 5 !== 0,
    ],
  ])('finds by %s', async (_by, query, fits) => {
    const { search } = await library();
    const { found, next } = await search.runs(workspace, { limit: 100, ...query });
    expect(numbers(found)).toEqual(Array.from({ length: 40 }, (_, n) => 39 - n).filter(fits));
    expect(next).toBeUndefined();
  });

  it('refuses a cursor that is none', async () => {
    const { search } = await library();
    await expect(search.runs(workspace, { limit: 5, after: 'nonsense' })).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      extensions: { errors: [{ pointer: '/after' }] },
    });
  });
});

describe('searching cases', () => {
  it('finds by kind, person, block, time and number', async () => {
    const { search } = await library();
    const query = { kind: 'application', person: 'person-2', block: 'payments', since: dayOf(3) } as const;
    const { found } = await search.cases(workspace, { limit: 100, ...query });
    expect(numbers(found)).toEqual([38, 26, 14]);
    expect(numbers((await search.cases(workspace, { limit: 5, text: ' usct-a-000007 ' })).found)).toEqual([
      7,
    ]);
  });

  it('goes on behind a case number as well as behind a cursor', async () => {
    const { search } = await library();
    const first = await search.cases(workspace, { limit: 3 });
    const byCursor = await search.cases(workspace, { limit: 3, after: first.next });
    const byNumber = await search.cases(workspace, { limit: 3, after: first.found.at(-1)?.number });
    expect(numbers(byCursor.found)).toEqual([36, 35, 34]);
    expect(byNumber).toEqual(byCursor);
    await expect(search.cases(workspace, { limit: 3, after: 'USCT-A-999999' })).rejects.toMatchObject({
      code: 'GSB-REQ-001',
    });
  });
});
