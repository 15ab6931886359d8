import { beforeAll, describe, expect, it } from '@jest/globals';
import { createChance } from '../../cli/cohort/random.js';
import { runCohort } from '../../cli/cohort/run-cohort.js';
import { withService } from '../contract/services.js';
import { buildSandbox, openCrashSession } from './crash-session.js';
import { creditsPerCycle, readLedger } from './money.js';
import { killAgainAndAgain } from './random-kills.js';
import { startRedis } from './redis-process.js';
import { createWorkerProcess } from './worker-process.js';

const ROWS = 30;
const KILLS = 4;

/** The short form of `npm run soak -- --workers 2 --own-redis`. Redis is the test's own: it is killed too. */
withService('server, workers and Redis, killed in turn', 'SANDBOX_TEST_MONGODB_URI', (mongo) => {
  describe('server, workers and Redis, killed in turn', () => {
    beforeAll(buildSandbox, 60_000);

    it('lose nothing, and pay each beneficiary once', async () => {
      const redis = await startRedis();
      const variables = {
        REDIS_URL: redis.url,
        MONGODB_URI: mongo.replace(/\/[^/]*$/, `/crash-${process.pid}`),
      };
      const session = await openCrashSession(variables);
      const { sandbox, access, useCase, trainer } = session;
      const workers = ['worker 1', 'worker 2'].map((name) =>
        createWorkerProcess(name, {
          ...variables,
          PUBLIC_URL: sandbox.origin.replace('127.0.0.1', 'localhost'),
          SANDBOX_SERVER_URL: sandbox.origin,
        }),
      );
      try {
        await Promise.all(workers.map((worker) => worker.start()));
        await access.as(trainer).post('/blocks/payments/faults', { kind: 'ignore-idempotency-key' });
        const server = { name: 'server', kill: () => sandbox.kill(), start: () => sandbox.start() };
        const victims = [workers[0]!, redis, server, workers[1]!];
        const killing = killAgainAndAgain(victims, createChance(7), [200, 1_500], KILLS, () => undefined);
        const report = await runCohort({
          session: access,
          useCase,
          rows: ROWS,
          seed: 2026,
          trainer,
          write: () => undefined,
        });
        await killing.stop();
        expect(killing.count()).toBe(KILLS);
        expect(report.differences).toEqual([]);
        expect(report).toMatchObject({ asExpected: true, paidTwice: [], creditsMissing: [] });
        const entries = await readLedger(access, trainer);
        expect(new Set(creditsPerCycle(entries).values())).toEqual(new Set([1]));
      } finally {
        await Promise.all(workers.map((worker) => worker.stop()));
        await session.close();
        await redis.stop();
      }
      // Each restart is a start of a process: on a busy machine that alone takes minutes.
    }, 300_000);
  });
});
