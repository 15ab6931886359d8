import { beforeAll, describe, expect, it } from '@jest/globals';
import { withServices } from '../contract/services.js';
import { buildSandbox } from './crash-session.js';
import { soakServices } from './soak-topology.js';
import { openTopology } from './topology.js';

const ROWS = Number(process.env['SANDBOX_TEST_SOAK_ROWS'] ?? 24);
/** One round: a worker, Redis, MongoDB, Keycloak, the building blocks, the other worker, the server. */
const KILLS = 7;

/**
 * The short form of `npm run soak:services`. Its servers are its own, since they are restarted; those of CI only tell
 * that the machine can have them.
 */
withServices(
  'the whole services profile, restarted part by part',
  ['SANDBOX_TEST_REDIS_URL', 'SANDBOX_TEST_MONGODB_URI', 'SANDBOX_TEST_KEYCLOAK_URL'],
  () => {
    describe('the whole services profile, restarted part by part', () => {
      beforeAll(buildSandbox, 120_000);

      it('loses nothing, and pays each beneficiary once', async () => {
        const topology = await openTopology({ workers: 2, keycloak: true });
        try {
          const figures = await soakServices(topology, {
            rows: ROWS,
            kills: KILLS,
            seed: 2026,
            write: () => undefined,
            pauses: [300, 1_200],
          });
          expect(figures.differences).toEqual([]);
          expect(figures).toMatchObject({
            good: true,
            paidTwice: 0,
            creditsMissing: 0,
            accountsThatDoNotAddUp: 0,
          });
          const killed = figures.restarts.map(({ victim }) => victim);
          expect(killed.slice(0, 4)).toEqual(['worker 1', 'Redis', 'MongoDB', 'Keycloak']);
        } finally {
          await topology.close();
        }
      }, 600_000);
    });
  },
);
