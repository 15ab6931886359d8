import { beforeAll, describe, expect, it } from '@jest/globals';
import { runCohort } from '../../cli/cohort/run-cohort.js';
import { freePort } from '../../cli/free-port.js';
import type { Run } from '../../contracts/run.js';
import { withService } from '../contract/services.js';
import { buildSandbox, openCrashSession } from './crash-session.js';
import { creditsPerCycle, readLedger } from './money.js';
import { startRedis } from './redis-process.js';
import { createWorkerProcess } from './worker-process.js';

const ROWS = 20;
const CORRELATION = 'from-the-browser-7f3a';
const TOKEN = 'a-token-of-sixteen-or-more';

withService('a worker that is told to stop', 'SANDBOX_TEST_MONGODB_URI', (mongo) => {
  describe('a worker that is told to stop', () => {
    beforeAll(buildSandbox, 60_000);

    it('shows its metrics, finishes what it has in hand, and ends with 0', async () => {
      const redis = await startRedis();
      const variables = {
        REDIS_URL: redis.url,
        MONGODB_URI: mongo.replace(/\/[^/]*$/, `/stops-${process.pid}`),
        SANDBOX_METRICS_TOKEN: TOKEN,
      };
      const session = await openCrashSession(variables);
      const { sandbox, access, useCase, trainer } = session;
      const port = await freePort();
      const worker = createWorkerProcess(
        'worker',
        {
          ...variables,
          PUBLIC_URL: sandbox.origin.replace('127.0.0.1', 'localhost'),
          SANDBOX_SERVER_URL: sandbox.origin,
        },
        ['--metrics-port', String(port)],
      );
      const page = async (authorization: string): Promise<Response> =>
        fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization } });
      try {
        await worker.start();
        expect((await page('Bearer of-somebody-else')).status).toBe(401);
        const stopping = { code: undefined as number | null | undefined, text: '' };
        const cohort = runCohort({
          session: access,
          useCase,
          rows: ROWS,
          seed: 2026,
          trainer,
          write: () => undefined,
          beforePayment: async () => {
            stopping.text = await (await page(`Bearer ${TOKEN}`)).text();
            stopping.code = await worker.stop();
          },
        });
        const report = await cohort;
        expect(stopping.code).toBe(0);
        expect(stopping.text).toMatch(
          /sandbox_step_duration_seconds_count\{kind="block",outcome="done"\} [1-9]/,
        );
        expect(stopping.text).toMatch(/sandbox_queue_depth\{queue="\w+"\} \d+/);
        expect(report).toMatchObject({ asExpected: true, paidTwice: [], creditsMissing: [] });
        const entries = await readLedger(access, trainer);
        expect(new Set(creditsPerCycle(entries).values())).toEqual(new Set([1]));
      } finally {
        await worker.stop();
        await session.close();
        await redis.stop();
      }
    }, 240_000);

    it('carries the correlation id of the request over to the server', async () => {
      const redis = await startRedis();
      const variables = {
        REDIS_URL: redis.url,
        MONGODB_URI: mongo.replace(/\/[^/]*$/, `/carries-${process.pid}`),
        // So few that the worker gets its share.
        CONCURRENCY: '1',
      };
      const session = await openCrashSession(variables);
      const { sandbox, access, trainer } = session;
      const worker = createWorkerProcess('worker', {
        ...variables,
        CONCURRENCY: '8',
        PUBLIC_URL: sandbox.origin.replace('127.0.0.1', 'localhost'),
        SANDBOX_SERVER_URL: sandbox.origin,
      });
      try {
        await worker.start();
        const token = await access.tokenOf('amina');
        const input = { about: 'conduct', text: 'Training: nobody came.', phone: '+15550101' };
        const ids = Array.from({ length: 8 }, (_, index) => `${CORRELATION}-${index}`);
        const runs = await Promise.all(
          ids.map(async (id) => {
            const answer = await fetch(`${sandbox.origin}/api/v1/cases`, {
              method: 'POST',
              headers: {
                authorization: `Bearer ${token}`,
                'content-type': 'application/json',
                'x-correlation-id': id,
              },
              body: JSON.stringify({ useCase: 'usct', kind: 'grievance', input }),
            });
            return ((await answer.json()) as { runId: string }).runId;
          }),
        );
        while (!(await access.quiet())) await new Promise((resolve) => setTimeout(resolve, 50));
        const seen = await Promise.all(runs.map((id) => access.as(trainer).get<{ run: Run }>(`/runs/${id}`)));
        expect(seen.map(({ run }) => run.correlation)).toEqual(ids);
      } finally {
        await worker.stop();
        await session.close();
        await redis.stop();
      }
    }, 180_000);
  });
});
