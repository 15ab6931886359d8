import { describe, expect, it } from '@jest/globals';
import type { Collection, Document } from '../../../contracts/documents.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { holdReads } from '../../../mocks/kit/held-collection.js';

interface Item extends Document {
  readonly colour: string;
}

describe('a collection that holds what was read', () => {
  const opened = () => {
    const real = createMemoryDocuments().collection<Item>('items');
    let reads = 0;
    let now = 0;
    const counted: Collection<Item> = {
      ...real,
      get: (id) => {
        reads += 1;
        return real.get(id);
      },
    };
    return {
      real,
      held: holdReads(counted, { now: () => new Date(now) }),
      reads: () => reads,
      pass: (milliseconds: number) => (now += milliseconds),
    };
  };

  it('reads once for many who ask within a second, also that there is nothing', async () => {
    const { held, reads } = opened();
    await held.put({ _id: 'a', colour: 'red' });
    for (const id of ['a', 'a', 'a']) expect((await held.get(id))?.doc.colour).toBe('red');
    for (const id of ['b', 'b']) expect(await held.get(id)).toBeUndefined();
    expect(reads()).toBe(2);
  });

  it('sees its own writes of every kind at once', async () => {
    const { held } = opened();
    const colour = async (): Promise<string | undefined> => (await held.get('a'))?.doc.colour;
    expect(await colour()).toBeUndefined();
    await held.insert({ _id: 'a', colour: 'red' });
    expect(await colour()).toBe('red');
    await held.put({ _id: 'a', colour: 'green' });
    expect(await colour()).toBe('green');
    await held.replace({ _id: 'a', colour: 'blue' }, 2);
    expect(await colour()).toBe('blue');
    await held.putMany([{ _id: 'a', colour: 'black' }]);
    expect(await colour()).toBe('black');
    await held.delete('a');
    expect(await colour()).toBeUndefined();
    await held.insertMany([{ _id: 'a', colour: 'white' }]);
    expect(await colour()).toBe('white');
    await held.deleteByPrefix('');
    expect(await colour()).toBeUndefined();
  });

  it('sees what another process wrote after a second', async () => {
    const { real, held, pass } = opened();
    await held.put({ _id: 'a', colour: 'red' });
    await held.get('a');
    await real.put({ _id: 'a', colour: 'green' });
    expect((await held.get('a'))?.doc.colour).toBe('red');
    pass(1000);
    expect((await held.get('a'))?.doc.colour).toBe('green');
  });
});
