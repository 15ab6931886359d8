import { describe, expect, it } from '@jest/globals';
import { combine } from '../../infra/combine.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A store that answers when it is told to, and notes what it was sent. */
function createStore() {
  const batches: (readonly number[])[] = [];
  const open: ((fail: boolean) => void)[] = [];
  return {
    batches,
    flush: (items: readonly number[]): Promise<readonly number[]> => {
      batches.push(items);
      return new Promise((resolve, reject) => {
        open.push((fail) => {
          if (fail) reject(new Error('refused'));
          else resolve(items.map((item) => item * 10));
        });
      });
    },
    answer: async (fail = false): Promise<void> => {
      open.shift()?.(fail);
      await turn();
      await turn();
    },
  };
}

describe('combine', () => {
  it('sends what comes in one turn together, and gives each caller its own outcome', async () => {
    const store = createStore();
    const call = combine(store.flush);
    const all = Promise.all([call(1), call(2), call(3)]);
    await turn();
    await store.answer();
    expect(await all).toEqual([10, 20, 30]);
    expect(store.batches).toEqual([[1, 2, 3]]);
  });

  it('keeps what comes meanwhile for the next batch', async () => {
    const store = createStore();
    const call = combine(store.flush, { most: 2 });
    const first = call(1);
    await turn();
    const others = Promise.all([call(2), call(3), call(4)]);
    await turn();
    expect(store.batches).toEqual([[1]]);
    for (let answers = 0; answers < 3; answers += 1) await store.answer();
    expect([await first, ...(await others)]).toEqual([10, 20, 30, 40]);
    expect(store.batches).toEqual([[1], [2, 3], [4]]);
  });

  it('has no more batches under way than it may', async () => {
    const store = createStore();
    const call = combine(store.flush, { most: 1, atOnce: 2 });
    const all = Promise.all([call(1), call(2), call(3)]);
    await turn();
    expect(store.batches).toEqual([[1], [2]]);
    for (let answers = 0; answers < 3; answers += 1) await store.answer();
    expect(await all).toEqual([10, 20, 30]);
  });

  it('tries the items of a failed batch alone where a batch is all or nothing', async () => {
    const store = createStore();
    const call = combine(store.flush);
    const all = Promise.allSettled([call(1), call(2)]);
    await turn();
    await store.answer(true);
    await store.answer(true);
    await store.answer();
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(store.batches).toEqual([[1, 2], [1], [2]]);
  });

  it('sends nothing a second time where it is not', async () => {
    const store = createStore();
    const call = combine(store.flush, { allOrNothing: false });
    const all = Promise.allSettled([call(1), call(2)]);
    await turn();
    await store.answer(true);
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(store.batches).toEqual([[1, 2]]);
  });
});
