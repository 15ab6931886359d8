import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { loadUseCases } from '../../app/read-use-cases.js';
import { withServices } from '../contract/services.js';
import { openScenarioSession, type ScenarioSession } from './scenario-session.js';
import { all } from '../setup/long.js';

const useCases = await loadUseCases();

/** The database of the Redis server that this test empties and uses; the contract suites use the first one. */
const REDIS_DATABASE = 9;

withServices(
  'scenarios on services',
  ['SANDBOX_TEST_REDIS_URL', 'SANDBOX_TEST_MONGODB_URI', 'SANDBOX_TEST_KEYCLOAK_URL'],
  ({ SANDBOX_TEST_REDIS_URL, SANDBOX_TEST_MONGODB_URI, SANDBOX_TEST_KEYCLOAK_URL }) => {
    describe.each(useCases.map((useCase) => [useCase.manifest.id, useCase] as const))(
      'scenarios of %s, on Redis, MongoDB and Keycloak',
      (id, useCase) => {
        let session: ScenarioSession;

        beforeAll(async () => {
          const redisUrl = new URL(SANDBOX_TEST_REDIS_URL);
          redisUrl.pathname = `/${REDIS_DATABASE}`;
          const redis = new Redis(redisUrl.href);
          await redis.flushdb();
          await redis.quit();
          const mongodbUri = new URL(SANDBOX_TEST_MONGODB_URI);
          mongodbUri.pathname = `/scenarios-${id}-${Date.now()}`;
          session = await openScenarioSession({
            REDIS_URL: redisUrl.href,
            MONGODB_URI: mongodbUri.href,
            KEYCLOAK_URL: SANDBOX_TEST_KEYCLOAK_URL,
          });
        }, 60_000);
        afterEach(() => session.reset(useCase), 60_000);
        afterAll(() => session.close());

        it('runs on them, not on what is embedded', () => {
          expect(session.description).toMatchObject({
            documents: 'MongoDB',
            journal: 'Redis',
            queues: 'Redis',
          });
          expect(session.description['identity']).toMatch(/^Keycloak/);
        });

        it.each(all(Object.keys(useCase.scenarios), (name) => name === useCase.manifest.defaultScenario))(
          '%s',
          async (name) => {
            const cases = await session.play(useCase, name);
            expect(cases.size).toBeGreaterThan(0);
          },
          180_000,
        );
      },
    );
  },
);
