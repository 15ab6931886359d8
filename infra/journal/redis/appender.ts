import type { Redis } from 'ioredis';
import type { AppendResult, JournalEntry } from '../../../contracts/journal.js';
import { combine } from '../../combine.js';
import type { JournalKeys } from './keys.js';
import { APPEND } from './scripts.js';

/**
 * Appends that come while one is on its way go together: one command, one answer, and with `appendfsync always` one
 * write to the disk. Each is still checked and refused by itself.
 */
export type Append = (
  stream: string,
  expectedVersion: number | 'any',
  entries: readonly JournalEntry[],
) => Promise<AppendResult>;

interface Prepared {
  readonly stream: string;
  readonly expectedVersion: number | 'any';
  readonly texts: readonly string[];
}

/** More in one command would keep Redis from everybody else for too long. */
const TOGETHER = 64;
/** Batches on their way at the same time: the next is sent while Redis writes the last one to the disk. */
const UNDER_WAY = 4;
/** Characters above which an append goes by itself. */
const LARGE = 64 * 1024;

export function createAppender(redis: Redis, keys: JournalKeys): Append {
  redis.defineCommand('gsbAppend', { lua: APPEND });
  const { gsbAppend } = redis as unknown as {
    gsbAppend: (...args: readonly (string | number)[]) => Promise<readonly number[]>;
  };

  async function send(appends: readonly Prepared[]): Promise<readonly AppendResult[]> {
    const names = [keys.streams, keys.log];
    const args: (string | number)[] = [];
    for (const { stream, expectedVersion, texts } of appends) {
      names.push(keys.events(stream), keys.payloads(stream));
      args.push(stream, expectedVersion, texts.length / 2, ...texts);
    }
    const answers = await gsbAppend.call(redis, names.length, ...names, ...args);
    return appends.map((_, at) => ({
      kind: answers[2 * at] === 1 ? 'appended' : 'conflict',
      version: answers[2 * at + 1] ?? 0,
    }));
  }

  // A connection that breaks leaves it open what was done, so nothing is sent a second time.
  const together = combine(send, { most: TOGETHER, atOnce: UNDER_WAY, allOrNothing: false });
  return async (stream, expectedVersion, entries) => {
    const texts = entries.flatMap(toTexts);
    const append: Prepared = { stream, expectedVersion, texts };
    if (texts.reduce((sum, text) => sum + text.length, 0) < LARGE) return together(append);
    const [result] = await send([append]);
    return result ?? { kind: 'conflict', version: 0 };
  };
}

function toTexts({ event, payload }: JournalEntry): readonly [string, string] {
  // JSON text is never empty, so an empty one can stand for "no payload".
  return [JSON.stringify(event), payload === undefined ? '' : JSON.stringify(payload)];
}
