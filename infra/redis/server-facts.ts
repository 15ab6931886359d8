import { silentLogger } from '../../contracts/logger.js';
import { connectRedis } from './connect.js';

export interface ServerFacts {
  readonly version: string;
  /** `always`, `everysec`, `no`; `unknown` where the server does not tell. */
  readonly appendfsync: string;
  /** As `maxmemory-policy` of redis.conf; `unknown` where the server does not tell. */
  readonly maxmemoryPolicy: string;
  /** How far its clock is ahead of this machine's, in milliseconds. */
  readonly skewMs: number;
}

/** What a Redis says of itself, for reports. Raises GSB-CFG-007 when it is not reachable. */
export async function redisFacts(url: string): Promise<ServerFacts> {
  const redis = await connectRedis(url, silentLogger);
  try {
    const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? 'unknown';
    const setting = async (name: string): Promise<string> => {
      const answer = (await redis.call('CONFIG', 'GET', name).catch(() => [])) as readonly string[];
      return answer[1] ?? 'unknown';
    };
    const on = await setting('appendonly');
    const [seconds = 0, microseconds = 0] = await redis.time();
    return {
      version,
      appendfsync: on === 'no' ? 'no append-only file' : await setting('appendfsync'),
      maxmemoryPolicy: await setting('maxmemory-policy'),
      skewMs: Math.round(seconds * 1000 + microseconds / 1000 - Date.now()),
    };
  } finally {
    redis.disconnect();
  }
}
