import { silentLogger } from '../../contracts/logger.js';
import { connectRedis } from './connect.js';

export interface ServerFacts {
  readonly version: string;
  /** `always`, `everysec`, `no`; `unknown` where the server does not tell. */
  readonly appendfsync: string;
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
    return { version, appendfsync: on === 'no' ? 'no append-only file' : await setting('appendfsync') };
  } finally {
    redis.disconnect();
  }
}
