import { describe, expect, it } from '@jest/globals';
import { changeDocument, type Collection } from '../../../contracts/documents.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createNumbering, type Counter } from '../../../orchestrator/runtime/case-numbers.js';

const realClock = { now: () => new Date('2026-01-01T00:00:00Z') };

function counted(): { readonly counters: Collection<Counter>; readonly writes: () => number } {
  const counters = createMemoryDocuments().collection<Counter>('counters');
  let writes = 0;
  return {
    counters: {
      ...counters,
      replace: (doc, version) => {
        writes += 1;
        return counters.replace(doc, version);
      },
    },
    writes: () => writes,
  };
}

describe('case numbers', () => {
  it('count from one, for each prefix by itself', async () => {
    const next = createNumbering(counted().counters, realClock);
    expect(await next(DEFAULT_WORKSPACE, 'USCT')).toBe('USCT-000001');
    expect(await next(DEFAULT_WORKSPACE, 'USCT')).toBe('USCT-000002');
    expect(await next(DEFAULT_WORKSPACE, 'PAY')).toBe('PAY-000001');
  });

  it('are taken together by those who ask at once, without repetition', async () => {
    const { counters, writes } = counted();
    const next = createNumbering(counters, realClock);
    const numbers = await Promise.all(Array.from({ length: 200 }, () => next(DEFAULT_WORKSPACE, 'USCT')));
    expect(new Set(numbers).size).toBe(200);
    expect(numbers.at(-1)).toBe('USCT-000200');
    expect(writes()).toBeLessThan(10);
  });

  it('do not repeat when another process takes some too', async () => {
    const { counters } = counted();
    const one = createNumbering(counters, realClock);
    const other = createNumbering(counters, realClock);
    const numbers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? one : other)(DEFAULT_WORKSPACE, 'USCT')),
    );
    expect(new Set(numbers).size).toBe(50);
  });

  it('go on after a write that failed', async () => {
    const { counters } = counted();
    let broken = true;
    const next = createNumbering(
      { ...counters, get: (id) => (broken ? Promise.reject(new Error('away')) : counters.get(id)) },
      realClock,
    );
    await expect(next(DEFAULT_WORKSPACE, 'USCT')).rejects.toThrow('away');
    broken = false;
    expect(await next(DEFAULT_WORKSPACE, 'USCT')).toBe('USCT-000001');
    await changeDocument(counters, `${DEFAULT_WORKSPACE}/USCT`, ({ _id }) => ({ _id, last: 41 }));
    expect(await next(DEFAULT_WORKSPACE, 'USCT')).toBe('USCT-000042');
  });
});
