import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../../cli/free-port.js';
import type { Victim } from './random-kills.js';

/** A Redis of one's own, as the journal wants it: what was acknowledged is on disk. It can be killed and started again. */
export interface RedisProcess extends Victim {
  readonly url: string;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 20;

/** As the journal wants it: what was acknowledged is on disk, and nothing is thrown out when memory is short. */
export const REDIS_SETTINGS: readonly string[] = [
  ...['--appendonly', 'yes', '--appendfsync', 'always'],
  ...['--save', '', '--maxmemory-policy', 'noeviction'],
];

export async function startRedis(): Promise<RedisProcess> {
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'crash-redis-'));
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;

  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    const exited = once(ending, 'exit');
    ending.kill(signal);
    await exited;
  };
  const redis: RedisProcess = {
    name: 'Redis',
    url,
    start: async () => {
      child = spawn(
        'redis-server',
        ['--bind', '127.0.0.1', '--port', String(port), '--dir', dir, ...REDIS_SETTINGS],
        {
          stdio: 'ignore',
        },
      );
      while (!(await redisAnswers(url))) await pause(LOOK_EVERY_MS);
    },
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      await rm(dir, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}

export async function redisAnswers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return true;
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}
