import { changeDocument, type Collection } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';

export interface Counter {
  readonly _id: string;
  readonly last: number;
}

/** Hands out case numbers, such as `USCT-000042`: they may have gaps (a crash loses one), but no repetition. */
export type Numbering = (workspace: WorkspaceId, prefix: string) => Promise<string>;

type Taker = { readonly resolve: (number: number) => void; readonly reject: (error: unknown) => void };

/**
 * Those who ask while a number is being taken get theirs together with the next write: a census opens hundreds of cases
 * at once, and would otherwise write the counter hundreds of times, one after the other.
 */
export function createNumbering(counters: Collection<Counter>): Numbering {
  const waiting = new Map<string, Taker[]>();

  async function take(id: string, many: number): Promise<number> {
    const change = (): Promise<Counter | undefined> =>
      changeDocument(counters, id, ({ last }) => ({ _id: id, last: last + many }));
    const counter = (await change()) ?? (await counters.insert({ _id: id, last: 0 }), await change());
    return (counter?.last ?? many) - many;
  }

  async function serve(id: string, queue: Taker[]): Promise<void> {
    while (queue.length > 0) {
      const takers = queue.splice(0);
      try {
        const before = await take(id, takers.length);
        takers.forEach(({ resolve }, at) => resolve(before + at + 1));
      } catch (error) {
        for (const { reject } of takers) reject(error);
      }
    }
    waiting.delete(id);
  }

  return async (workspace, prefix) => {
    const id = `${workspace}/${prefix}`;
    const number = await new Promise<number>((resolve, reject) => {
      const queue = waiting.get(id);
      if (queue !== undefined) {
        queue.push({ resolve, reject });
        return;
      }
      const fresh = [{ resolve, reject }];
      waiting.set(id, fresh);
      void serve(id, fresh);
    });
    return `${prefix}-${String(number).padStart(6, '0')}`;
  };
}
