import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { runCohort } from '../../cli/cohort/run-cohort.js';
import type { Run } from '../../contracts/run.js';
import { withServices } from '../contract/services.js';
import { buildSandbox } from './crash-session.js';
import { accountsOff, creditsPerCycle, readLedger } from './money.js';
import { openTopology } from './topology.js';

/** Longer than the four tries of a call in the cash transfer with their pauses, each of which gives MongoDB 5 s. */
const AWAY_MS = 40_000;

/** Its servers are its own, since they are stopped; those of CI only tell that the machine can have them. */
withServices(
  'MongoDB away for longer than a call is tried',
  ['SANDBOX_TEST_REDIS_URL', 'SANDBOX_TEST_MONGODB_URI', 'SANDBOX_TEST_KEYCLOAK_URL'],
  () => {
    describe('MongoDB away for longer than a call is tried', () => {
      beforeAll(buildSandbox, 120_000);

      it('faults no run, and pays each beneficiary once', async () => {
        const topology = await openTopology({ workers: 1, keycloak: true });
        const { access, useCase, trainer, mongo } = topology;
        let outage: Promise<void> | undefined;
        const runs = async (): Promise<readonly Run[]> =>
          (await access.as(trainer).get<{ runs: readonly Run[] }>('/runs?limit=200')).runs;
        const beAway = async (): Promise<void> => {
          // The applications are in the middle of their calls.
          while (!(await runs()).some(({ blocks }) => blocks?.includes('digital-registries')))
            await pause(20);
          await mongo.kill();
          await pause(AWAY_MS);
          await mongo.start();
        };
        try {
          const report = await runCohort({
            session: access,
            useCase,
            rows: 10,
            seed: 2026,
            trainer,
            write: (line) => {
              if (line.startsWith('The census')) outage = beAway();
            },
            beforePayment: async () => outage,
          });
          expect(outage).toBeDefined();
          expect(report.differences).toEqual([]);
          expect((await runs()).filter(({ status }) => status === 'faulted')).toEqual([]);
          const entries = await readLedger(access, trainer);
          expect([...creditsPerCycle(entries).values()].filter((count) => count > 1)).toEqual([]);
          expect(await accountsOff(access, trainer, entries)).toEqual([]);
        } finally {
          await outage?.catch(() => undefined);
          await topology.close();
        }
      }, 400_000);
    });
  },
);
