import type { Redis } from 'ioredis';
import type { Logger } from '../../../contracts/logger.js';

/**
 * A journal that returned must survive kill -9. With `appendfsync everysec` Redis lost acknowledged writes when it was
 * killed under load, with `always` it lost none. Some hosted servers forbid CONFIG: then this cannot be checked.
 */
export async function warnUnlessDurable(redis: Redis, logger: Logger): Promise<void> {
  const settings = await readSettings(redis);
  if (!settings) {
    logger.warn(
      {},
      'REDIS_URL: the server does not tell its settings; make sure of appendonly yes, appendfsync always',
    );
    return;
  }
  const { appendonly, appendfsync } = settings;
  if (appendonly === 'yes' && appendfsync === 'always') return;
  logger.warn(
    { appendonly, appendfsync },
    'REDIS_URL: the server may lose what it acknowledged; set appendonly yes and appendfsync always',
  );
}

async function readSettings(redis: Redis): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    const pairs: Record<string, string> = {};
    for (const name of ['appendonly', 'appendfsync']) {
      const answer = (await redis.call('CONFIG', 'GET', name)) as readonly string[];
      pairs[name] = answer[1] ?? '';
    }
    return pairs;
  } catch {
    return undefined;
  }
}
