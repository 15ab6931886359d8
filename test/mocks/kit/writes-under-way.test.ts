import { describe, expect, it } from '@jest/globals';
import type { BlockRequest } from '../../../contracts/block.js';
import type { Collection, Document, DocumentStore } from '../../../contracts/documents.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createSampleBlock } from './sample-block.js';
import { testDeps, WORKSPACE } from './test-deps.js';

interface Held {
  readonly documents: DocumentStore;
  /** Ids of the writes that wait, in the order in which they came. */
  readonly waiting: readonly string[];
  /** Lets the oldest one happen, or fail. */
  release(failure?: Error): void;
}

/** A store whose single writes of pots wait until they are let through. */
function heldDocuments(): Held {
  const inner = createMemoryDocuments();
  const waiting: { readonly id: string; readonly go: (failure?: Error) => void }[] = [];
  return {
    documents: {
      ...inner,
      collection<T extends Document>(name: string, indexes?: readonly string[]): Collection<T> {
        const real = inner.collection<T>(name, indexes);
        if (name !== 'mock-registration-pots') return real;
        const put = async (doc: T): Promise<number> => {
          await new Promise<void>((resolve, reject) => {
            const go = (failure?: Error): void => (failure === undefined ? resolve() : reject(failure));
            waiting.push({ id: doc._id.split('/')[1] ?? '', go });
          });
          return real.put(doc);
        };
        return { ...real, put };
      },
    },
    get waiting() {
      return waiting.map(({ id }) => id);
    },
    release: (failure) => waiting.shift()?.go(failure),
  };
}

const write = (id: string, amount: number): BlockRequest => ({
  method: 'PUT',
  path: `/pots/${id}`,
  query: {},
  headers: {},
  body: { id, amount },
});
const read = (id: string): BlockRequest => ({ method: 'GET', path: `/pots/${id}`, query: {}, headers: {} });
/** Long enough for everything that does not wait for the store. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('writes of one document', () => {
  it('are under way together, and none is answered before it is written', async () => {
    const held = heldDocuments();
    const block = createSampleBlock(testDeps({ documents: held.documents }).deps);
    const answered: string[] = [];
    const both = ['a', 'b'].map(async (id) => {
      const answer = await block.handle(WORKSPACE, write(id, 1));
      answered.push(id);
      return answer.status;
    });
    await turns();
    expect(held.waiting).toEqual(['a', 'b']);
    expect(answered).toEqual([]);
    held.release();
    await turns();
    expect(answered).toEqual(['a']);
    held.release();
    expect(await Promise.all(both)).toEqual([200, 200]);
  });

  it('are seen by nobody before they are written', async () => {
    const held = heldDocuments();
    const block = createSampleBlock(testDeps({ documents: held.documents }).deps);
    const written = block.handle(WORKSPACE, write('a', 7));
    await turns();
    let seen: unknown;
    const reading = block.handle(WORKSPACE, read('a')).then(({ body }) => (seen = body));
    await turns();
    expect(seen).toBeUndefined();
    held.release();
    await Promise.all([written, reading]);
    expect(seen).toEqual({ id: 'a', amount: 7 });
  });

  it('follow each other where they are of the same document', async () => {
    const held = heldDocuments();
    const block = createSampleBlock(testDeps({ documents: held.documents }).deps);
    const both = [1, 2].map((amount) => block.handle(WORKSPACE, write('a', amount)));
    await turns();
    expect(held.waiting).toEqual(['a']);
    held.release();
    await turns();
    held.release();
    await Promise.all(both);
    expect((await block.handle(WORKSPACE, read('a'))).body).toEqual({ id: 'a', amount: 2 });
  });

  it('fail alone', async () => {
    const held = heldDocuments();
    const block = createSampleBlock(testDeps({ documents: held.documents }).deps);
    const [lost, kept] = [block.handle(WORKSPACE, write('a', 1)), block.handle(WORKSPACE, write('b', 2))];
    await turns();
    held.release(new Error('the disk is full'));
    held.release();
    expect((await lost).status).toBe(500);
    expect((await kept).status).toBe(200);
    expect((await block.handle(WORKSPACE, read('a'))).status).toBe(404);
    expect((await block.handle(WORKSPACE, read('b'))).body).toEqual({ id: 'b', amount: 2 });
  });

  it('are waited for by a reset', async () => {
    const held = heldDocuments();
    const block = createSampleBlock(testDeps({ documents: held.documents }).deps);
    const written = block.handle(WORKSPACE, write('a', 1));
    await turns();
    const reset = block.reset(WORKSPACE, {});
    await turns();
    held.release();
    await Promise.all([written, reset]);
    expect((await block.handle(WORKSPACE, read('a'))).status).toBe(404);
  });
});
