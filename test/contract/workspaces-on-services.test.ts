import { describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { Redis } from 'ioredis';
import { readConfig } from '../../app/config.js';
import { startWorker } from '../../app/worker.js';
import { createRealClock } from '../../cli/real-clock.js';
import { silentLogger } from '../../contracts/logger.js';
import { streams } from '../../contracts/streams.js';
import { openStorage } from '../../infra/storage.js';
import { humanTask, writeSmallUseCase } from '../app/small-use-case.js';
import {
  ended,
  leftOf,
  lookAt,
  openCase,
  refusalOf,
  startWorkspacesBench,
  taskOf,
} from '../app/workspaces-bench.js';
import { withServices } from './services.js';

/** The database of the Redis server that this test empties and uses. */
const REDIS_DATABASE = 7;

withServices(
  'workspaces on services',
  ['SANDBOX_TEST_REDIS_URL', 'SANDBOX_TEST_MONGODB_URI'],
  ({ SANDBOX_TEST_REDIS_URL, SANDBOX_TEST_MONGODB_URI }) => {
    describe('workspaces on services, with a worker', () => {
      it('are made, moved, stored, put back, found by the next server, and removed', async () => {
        const redisUrl = new URL(SANDBOX_TEST_REDIS_URL);
        redisUrl.pathname = `/${REDIS_DATABASE}`;
        const redis = new Redis(redisUrl.href);
        await redis.flushdb();
        const mongodbUri = new URL(SANDBOX_TEST_MONGODB_URI);
        mongodbUri.pathname = `/workspaces-${Date.now()}`;
        const env = { REDIS_URL: redisUrl.href, MONGODB_URI: mongodbUri.href };
        const useCaseFolder = await writeSmallUseCase({
          checked: { tasks: humanTask('check', '') },
          slept: { tasks: `  - rest: { wait: P1D }\n${humanTask('check', '')}` },
        });
        const bench = await startWorkspacesBench({ useCaseFolder, env });
        const { origin, publicUrl } = bench.sandbox();
        const worker = await startWorker({
          config: readConfig({ ...env, PUBLIC_URL: publicUrl, SANDBOX_SERVER_URL: origin }),
          logger: silentLogger,
          realClock: createRealClock(),
          useCaseFolder,
        });
        try {
          const room = await bench.create('Room');
          const access = bench.in(room.id);
          const tara = access.as('tara');
          const complete = (task: string): Promise<unknown> =>
            access.as('olga').post(`/tasks/${task}/complete`, { data: { decision: 'approve' } });
          const waiting = await openCase(access, 'checked');
          const sleeping = await openCase(access, 'slept');
          const task = await taskOf(access, waiting);
          await bench.in().as('tara').post(`/workspaces/${room.id}/snapshots`, { name: 'a' });
          await complete(task);
          await ended(access, waiting);
          // The worker sees the moved clock, or the task would be a day early.
          await tara.post('/clock', { by: 'P2D' });
          await taskOf(access, sleeping);
          await bench.in().as('tara').post(`/workspaces/${room.id}/snapshots/a/restore`);
          expect((await lookAt(access, waiting)).runs[0]?.status).toBe('waiting');

          await bench.restart();
          const again = bench.in(room.id);
          await again.as('olga').post(`/tasks/${task}/complete`, { data: { decision: 'approve' } });
          await ended(again, waiting);
          await again.as('tara').post('/clock', { by: 'P2D' });
          await taskOf(again, sleeping);
          await again.as('tara').post('/reset');
          expect((await refusalOf(lookAt(again, sleeping))).status).toBe(404);
          await bench.in().as('tara').delete(`/workspaces/${room.id}`);
          await bench.sandbox().close();
          const storage = await openStorage({
            redisUrl: redisUrl.href,
            mongoUri: mongodbUri.href,
            logger: silentLogger,
          });
          expect(await leftOf(storage, room.id)).toEqual([]);
          // Who changed what in it is kept.
          expect(await storage.journal.version(streams.audit(room.id))).toBeGreaterThan(0);
          await storage.close();
        } finally {
          await worker.close();
          await bench.close();
          await redis.flushdb();
          await redis.quit();
          await rm(useCaseFolder, { recursive: true, force: true });
        }
      }, 120_000);
    });
  },
);
