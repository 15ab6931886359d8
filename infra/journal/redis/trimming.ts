import type { Redis } from 'ioredis';
import type { Logger } from '../../../contracts/logger.js';
import { parseEntry } from './entries.js';
import type { JournalKeys } from './keys.js';

/**
 * The log of all appends only refers to the entries of the streams, so it may be cut: it is there for followers, who
 * are seldom far behind. Whoever comes with an older cursor finds what was cut in the streams themselves.
 */
const EVERY_APPENDS = 5_000;

/** At once, so that no follower can meet a cut log without the mark of where it begins. */
const TRIM = `
redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', ARGV[1])
local first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)
if first[1] then redis.call('SET', KEYS[2], first[1][1]) end
`;

export interface Trimmer {
  /** Counts appends, and cuts the log now and then. */
  note(entries: number): void;
}

export function createTrimmer(redis: Redis, keys: JournalKeys, keep: number, logger: Logger): Trimmer {
  let since = 0;
  const trim = async (): Promise<void> => {
    await redis.eval(TRIM, 2, keys.log, keys.trimmed, keep);
  };
  return {
    note: (entries) => {
      since += entries;
      if (since < Math.min(EVERY_APPENDS, keep)) return;
      since = 0;
      trim().catch((error: unknown) => logger.warn({ err: error }, 'the log of appends could not be cut'));
    },
  };
}

export interface Reference {
  readonly position: string;
  readonly stream: string;
  readonly seq: number;
}

/** What the log no longer holds between a cursor and its beginning, in order; `resumeAt` is the cursor for the rest. */
export async function readTrimmed(
  redis: Redis,
  keys: JournalKeys,
  cursor: string,
  streams: () => Promise<readonly string[]>,
): Promise<{ readonly missed: readonly Reference[]; readonly resumeAt: string } | undefined> {
  const begin = await redis.get(keys.trimmed);
  if (begin === null || comparePositions(cursor, before(begin)) >= 0) return undefined;
  const missed: Reference[] = [];
  for (const stream of await streams()) {
    const entries = await redis.lrange(keys.events(stream), 0, -1);
    entries.forEach((text, at) => {
      const { position } = parseEntry(text);
      if (comparePositions(position, cursor) > 0 && comparePositions(position, begin) < 0)
        missed.push({ position, stream, seq: at + 1 });
    });
  }
  missed.sort((one, other) => comparePositions(one.position, other.position));
  return { missed, resumeAt: before(begin) };
}

function parts(position: string): readonly [bigint, bigint] {
  const [milliseconds = '0', sequence = '0'] = position.split('-');
  return [BigInt(milliseconds), BigInt(sequence)];
}

function comparePositions(one: string, other: string): number {
  const [a, b] = [parts(one), parts(other)];
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] === b[1] ? 0 : a[1] < b[1] ? -1 : 1;
}

const LAST_SEQUENCE = 2n ** 64n - 1n;

/** The position right before another one: XREAD leaves out the one it is given. */
function before(position: string): string {
  const [milliseconds, sequence] = parts(position);
  return sequence > 0n ? `${milliseconds}-${sequence - 1n}` : `${milliseconds - 1n}-${LAST_SEQUENCE}`;
}
