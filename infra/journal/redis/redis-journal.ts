import type { Redis } from 'ioredis';
import type { Journal, Subscription } from '../../../contracts/journal.js';
import type { Logger } from '../../../contracts/logger.js';
import { closeRedis, connectRedis, type ConnectOptions } from '../../redis/connect.js';
import { createReach } from '../../redis/reach.js';
import { guardPort, isRedisAway } from '../../store-guard.js';
import { createAppender } from './appender.js';
import { warnUnlessDurable } from './durability.js';
import { parseEntry, toRecord } from './entries.js';
import { startFollower } from './follower.js';
import { createJournalKeys, type JournalKeys } from './keys.js';
import { REMOVE } from './scripts.js';
import { createTrimmer } from './trimming.js';

export interface RedisJournalOptions {
  readonly url: string;
  /** Start of all keys, so that several installations can share a server; `gsb:journal:` unless told. */
  readonly prefix?: string;
  readonly logger: Logger;
  /** Entries of the log of all appends that are kept for followers; 200,000 unless told. */
  readonly keepInLog?: number;
  readonly onReturn?: ConnectOptions['onReturn'];
}

const KEEP_IN_LOG = 200_000;

interface JournalCommands {
  gsbRemove(...args: string[]): Promise<null>;
}

/** The journal on Redis, for any number of processes. Raises GSB-CFG-007 when the server is not reachable. */
export async function createRedisJournal({
  url,
  prefix = 'gsb:journal:',
  logger,
  keepInLog = KEEP_IN_LOG,
  onReturn,
}: RedisJournalOptions): Promise<Journal> {
  const redis = await connectRedis(url, logger, { together: true, onReturn });
  await warnUnlessDurable(redis, logger);
  redis.defineCommand('gsbRemove', { lua: REMOVE, numberOfKeys: 4 });
  const commands = redis as Redis & JournalCommands;
  const keys = createJournalKeys(prefix);
  const followers = new Set<Subscription>();
  const trimmer = createTrimmer(redis, keys, keepInLog, logger);

  const append = createAppender(redis, keys);
  const during = createReach(redis);

  const journal: Journal = {
    append: async (stream, expectedVersion, entries) => {
      const result = await append(stream, expectedVersion, entries);
      if (result.kind === 'appended') trimmer.note(entries.length);
      return result;
    },

    read: async (stream, { after = 0, limit } = {}) => {
      if (limit !== undefined && limit < 1) return [];
      if (after === 0 && limit === undefined) return readAll(redis, keys, stream);
      const last = limit === undefined ? -1 : after + limit - 1;
      const entries = await redis.lrange(keys.events(stream), after, last);
      if (entries.length === 0) return [];
      const seqs = entries.map((_, at) => String(after + at + 1));
      const payloads = await redis.hmget(keys.payloads(stream), ...seqs);
      return entries.map((entry, at) => toRecord(after + at + 1, parseEntry(entry).event, payloads[at]));
    },

    version: (stream) => redis.llen(keys.events(stream)),

    versions: async (streams) => {
      if (streams.length === 0) return [];
      const pipeline = redis.pipeline();
      for (const stream of streams) pipeline.llen(keys.events(stream));
      const answers = (await pipeline.exec()) ?? [];
      return answers.map(([error, length]) => {
        if (error) throw error;
        return Number(length);
      });
    },

    streams: (streamPrefix) => streamsWith(redis, keys, streamPrefix),

    follow: async (listener, { fromPosition, streamPrefix = '', streamSuffix = '' } = {}) => {
      const from = fromPosition ?? (await lastPosition(redis, keys));
      const streams = (): Promise<readonly string[]> => streamsWith(redis, keys, streamPrefix);
      const isWanted = (stream: string): boolean =>
        stream.startsWith(streamPrefix) && stream.endsWith(streamSuffix);
      const follower = startFollower({ redis, keys, logger, listener, from, isWanted, streams });
      followers.add(follower);
      return {
        close: async () => {
          followers.delete(follower);
          await follower.close();
        },
      };
    },

    erasePayloads: async (stream, seqs) => {
      if (seqs === undefined) await redis.unlink(keys.payloads(stream));
      else if (seqs.length > 0) await redis.hdel(keys.payloads(stream), ...seqs.map(String));
    },

    deleteByPrefix: async (streamPrefix) => {
      for (const stream of await streamsWith(redis, keys, streamPrefix)) {
        await commands.gsbRemove(...keys.all(stream), stream);
      }
    },

    remove: async (names) => {
      for (const stream of names) await commands.gsbRemove(...keys.all(stream), stream);
    },

    close: async () => {
      await Promise.all([...followers].map((follower) => follower.close()));
      await closeRedis(redis);
    },
  };
  return guardPort('journal', isRedisAway, journal, during);
}

/** A whole stream in one round trip. */
async function readAll(redis: Redis, keys: JournalKeys, stream: string): ReturnType<Journal['read']> {
  const [entries, payloads] = await Promise.all([
    redis.lrange(keys.events(stream), 0, -1),
    redis.hgetall(keys.payloads(stream)),
  ]);
  return entries.map((entry, at) => toRecord(at + 1, parseEntry(entry).event, payloads[at + 1] ?? null));
}

async function lastPosition(redis: Redis, keys: JournalKeys): Promise<string> {
  const [last] = await redis.xrevrange(keys.log, '+', '-', 'COUNT', 1);
  return last?.[0] ?? '0-0';
}

async function streamsWith(redis: Redis, keys: JournalKeys, prefix: string): Promise<readonly string[]> {
  if (prefix === '') return redis.zrange(keys.streams, 0, '-1');
  // 0xff is in no UTF-8 text, so this bound lies behind every name with the prefix.
  const end = Buffer.concat([Buffer.from(`(${prefix}`), Buffer.from([0xff])]);
  return redis.zrangebylex(keys.streams, `[${prefix}`, end);
}
