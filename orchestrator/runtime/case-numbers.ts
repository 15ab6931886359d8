import type { Clock } from '../../contracts/clock.js';
import type { Collection, Stored } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';

export interface Counter {
  readonly _id: string;
  readonly last: number;
}

/** Hands out case numbers, such as `USCT-000042`: they may have gaps (a crash loses one), but no repetition. */
export type Numbering = (workspace: WorkspaceId, prefix: string) => Promise<string>;

/** Not for long: a counter that was removed with its workspace counts its versions from one again. */
const KNOWN_FOR_MS = 1_000;

type Taker = { readonly resolve: (number: number) => void; readonly reject: (error: unknown) => void };

/**
 * Those who ask while a number is being taken get theirs together with the next write: a census opens hundreds of cases
 * at once, and would otherwise write the counter hundreds of times, one after the other.
 */
export function createNumbering(counters: Collection<Counter>, realClock: Clock): Numbering {
  const waiting = new Map<string, Taker[]>();
  const left = new Map<string, Stored<Counter> & { readonly at: number }>();

  async function take(id: string, many: number): Promise<number> {
    for (let counter = leftBefore(id); ; counter = await read(id)) {
      if (counter === undefined) continue;
      const { doc, version } = counter;
      const next = { _id: id, last: doc.last + many };
      if (!(await counters.replace(next, version))) continue;
      left.set(id, { doc: next, version: version + 1, at: realClock.now().getTime() });
      return doc.last;
    }
  }

  /** As this process left it a moment ago. Where another one took numbers since, the version no longer fits. */
  function leftBefore(id: string): Stored<Counter> | undefined {
    const known = left.get(id);
    return known === undefined || realClock.now().getTime() - known.at > KNOWN_FOR_MS ? undefined : known;
  }

  async function read(id: string): Promise<Stored<Counter> | undefined> {
    const found = await counters.get(id);
    if (found === undefined) await counters.insert({ _id: id, last: 0 });
    return found;
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
