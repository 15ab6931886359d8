import type { Redis } from 'ioredis';
import type { FollowedRecord, Subscription } from '../../../contracts/journal.js';
import type { Logger } from '../../../contracts/logger.js';
import { deliver } from '../deliver.js';
import { parseEntry, toRecord } from './entries.js';
import type { JournalKeys } from './keys.js';
import { readTrimmed, type Reference } from './trimming.js';

/**
 * A follower reads the log of all appends with a blocking XREAD, on a connection of its own, and fetches the entries
 * that the log refers to. Its cursor moves only after delivery, so nothing is lost when the connection is.
 */
export interface FollowerOptions {
  readonly redis: Redis;
  readonly keys: JournalKeys;
  readonly logger: Logger;
  readonly listener: (record: FollowedRecord) => void;
  readonly from: string;
  readonly isWanted: (stream: string) => boolean;
  /** Names of all streams that may be wanted. */
  readonly streams: () => Promise<readonly string[]>;
}

const PAGE = 500;
const BLOCK_MS = 30_000;

function toReference([position, fields]: [string, string[]]): Reference {
  const field = (name: string): string => fields[fields.indexOf(name) + 1] ?? '';
  return { position, stream: field('s'), seq: Number(field('q')) };
}

export function startFollower({
  redis,
  keys,
  logger,
  listener,
  from,
  isWanted,
  streams,
}: FollowerOptions): Subscription {
  const blocking = redis.duplicate({ socketTimeout: BLOCK_MS + 15_000 });
  blocking.on('error', (error: Error) => {
    if (open) logger.warn({ err: error }, 'a journal follower lost its connection; trying again');
  });
  let open = true;
  let position = from;

  async function fetch(references: readonly Reference[]): Promise<readonly (FollowedRecord | undefined)[]> {
    const pipeline = redis.pipeline();
    for (const { stream, seq } of references) {
      pipeline.lindex(keys.events(stream), seq - 1);
      pipeline.hget(keys.payloads(stream), String(seq));
    }
    const answers = (await pipeline.exec()) ?? [];
    const textAt = (at: number): string | null => {
      const [error, value] = answers[at] ?? [null, null];
      if (error) throw error;
      return value as string | null;
    };
    return references.map((reference, at) => {
      const text = textAt(2 * at);
      if (text === null) return undefined;
      const entry = parseEntry(text);
      // The stream was removed since, and begun anew: the newer entry has its own reference.
      if (entry.position !== reference.position) return undefined;
      const { stream, seq } = reference;
      return { ...toRecord(seq, entry.event, textAt(2 * at + 1)), stream, position: reference.position };
    });
  }

  async function handOn(references: readonly Reference[]): Promise<void> {
    const wanted = references.filter(({ stream }) => isWanted(stream));
    for (const record of await fetch(wanted)) {
      if (!open) return;
      if (record) deliver(listener, record, logger);
    }
    position = references.at(-1)?.position ?? position;
  }

  /**
   * A cursor from before the log's beginning: the streams have what was cut. Asked after each read, since the log may be
   * cut at any time; what was read is then read again. True when there was something to catch up on.
   */
  async function catchUp(): Promise<boolean> {
    const trimmed = await readTrimmed(redis, keys, position, streams);
    if (trimmed === undefined) return false;
    const { missed, resumeAt } = trimmed;
    for (let at = 0; at < missed.length && isOpen(); at += PAGE) await handOn(missed.slice(at, at + PAGE));
    if (isOpen()) position = resumeAt;
    return true;
  }

  async function read(): Promise<void> {
    while (open) {
      try {
        const answer = await blocking.xread('COUNT', PAGE, 'BLOCK', BLOCK_MS, 'STREAMS', keys.log, position);
        const items = answer?.[0]?.[1] as [string, string[]][] | undefined;
        if (items && !(await catchUp())) await handOn(items.map(toReference));
      } catch (error) {
        if (!isOpen()) return;
        logger.warn({ err: error }, 'a journal follower could not read; trying again');
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  // A function, because the value changes while `read` waits.
  function isOpen(): boolean {
    return open;
  }

  const reading = read();
  return {
    close: async () => {
      open = false;
      blocking.disconnect();
      await reading;
    },
  };
}
