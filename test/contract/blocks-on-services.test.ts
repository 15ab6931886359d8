import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { startBlockProcess } from '../../app/block-process.js';
import { readConfig } from '../../app/config.js';
import { createRemoteBlocks } from '../../app/remote-blocks.js';
import { openSecrets } from '../../app/secrets.js';
import { createRealClock } from '../../cli/real-clock.js';
import type { Block, BlockResponse } from '../../contracts/block.js';
import { workspaceIdSchema } from '../../contracts/ids.js';
import { silentLogger } from '../../contracts/logger.js';
import { openStorage } from '../../infra/storage.js';
import { createPaymentsBlock } from '../../mocks/payments/block.js';
import { testDeps } from '../mocks/kit/test-deps.js';
import { withServices } from './services.js';

/** The database of the Redis server that this test empties and uses. */
const REDIS_DATABASE = 11;
const WORKSPACE = workspaceIdSchema.parse('two-processes');

withServices(
  'two processes of building blocks',
  ['SANDBOX_TEST_REDIS_URL', 'SANDBOX_TEST_MONGODB_URI'],
  ({ SANDBOX_TEST_REDIS_URL, SANDBOX_TEST_MONGODB_URI }) => {
    describe('two processes of building blocks on one MongoDB and one Redis', () => {
      it('see each other’s writes at once, and do what comes to both once', async () => {
        const redisUrl = new URL(SANDBOX_TEST_REDIS_URL);
        redisUrl.pathname = `/${REDIS_DATABASE}`;
        const mongodbUri = new URL(SANDBOX_TEST_MONGODB_URI);
        mongodbUri.pathname = `/two-block-processes-${Date.now()}`;
        const redis = new Redis(redisUrl.href);
        await redis.flushdb();
        const realClock = createRealClock();
        const config = {
          ...readConfig({ REDIS_URL: redisUrl.href, MONGODB_URI: mongodbUri.href }),
          port: 0,
          host: '127.0.0.1',
        };
        const storage = await openStorage({
          redisUrl: redisUrl.href,
          mongoUri: mongodbUri.href,
          logger: silentLogger,
        });
        const { digest } = await openSecrets(storage.documents);
        const start = () => startBlockProcess({ config, logger: silentLogger, realClock });
        const processes = [await start(), await start()] as const;
        const clocks = {
          offset: () => 0,
          asItIs: () => ({ now: realClock.now().toISOString(), untouched: true }),
        };
        const remotes = processes.map(({ origin }) =>
          createRemoteBlocks({ url: origin, key: digest.keyed('workers'), clocks }),
        );
        try {
          const [one, other] = remotes.map((remote) =>
            remote.elsewhere(createPaymentsBlock(testDeps().deps), undefined),
          ) as unknown as readonly [Block, Block];
          await one.reset(WORKSPACE, {});
          const vouchers = (block: Block, id: string): Promise<BlockResponse> =>
            block.handle(WORKSPACE, {
              method: 'POST',
              path: '/vouchers',
              query: {},
              headers: { 'idempotency-key': `key-${id}`, 'x-callback-url': 'http://localhost/c' },
              body: {
                requestID: id,
                batchID: `B-${id}`,
                voucherInstructions: [
                  {
                    instructionID: `I-${id}`,
                    groupCode: 'FOO',
                    currency: 'EUR',
                    amount: 5,
                    payeeFunctionalID: id,
                  },
                ],
              },
            });
          const register = (block: Block, payeeIdentity: string): Promise<BlockResponse> =>
            block.handle(WORKSPACE, {
              method: 'POST',
              path: '/identityAccountMapper/beneficiary',
              query: {},
              headers: { 'x-callback-url': 'http://localhost/c', 'x-registering-institution-id': 'MIN' },
              body: {
                RequestID: 'REQ000000001',
                Beneficiaries: [{ payeeIdentity, PaymentModality: '01', FinancialAddress: 'ACC-1234' }],
              },
            });
          const ids = Array.from({ length: 15 }, (_, at) => `R${at}`);
          const answers = await Promise.all(
            ids.flatMap((id, index) => [
              vouchers(one, id),
              vouchers(other, id),
              register(index % 2 === 0 ? one : other, `P-${id}`),
            ]),
          );
          expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
          expect(answers.filter(({ headers }) => headers['idempotent-replay'] === 'true')).toHaveLength(15);
          for (const block of [one, other]) {
            const carried = await block.state.export(WORKSPACE);
            expect(carried['vouchers']).toHaveLength(15);
            expect(carried['beneficiaries']).toHaveLength(15);
          }
          await one.state.remove(WORKSPACE, 'vouchers', '100001');
          expect((await other.state.export(WORKSPACE))['vouchers']).toHaveLength(14);
        } finally {
          for (const remote of remotes) await remote.close();
          for (const running of processes) await running.close();
          await storage.close();
          await redis.flushdb();
          await redis.quit();
        }
      }, 60_000);
    });
  },
);
