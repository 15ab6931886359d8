import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../app/config.js';
import { loadUseCases } from '../../app/read-use-cases.js';
import { freePort } from '../../cli/free-port.js';
import { loadScenario } from '../../cli/load-scenario.js';
import { openSession, type Session } from '../../cli/session.js';
import type { BlockId } from '../../contracts/block.js';
import type { FaultRequest } from '../../contracts/faults.js';
import type { Json } from '../../contracts/json.js';
import { silentLogger } from '../../contracts/logger.js';
import { accountsOff, creditsPerCycle } from './money.js';
import { payUnderFaults, type BrokenBlock } from './under-faults.js';

const often = { probability: 0.35 } as const;
const faults: readonly FaultRequest[] = [
  { kind: 'error', status: 500, ...often },
  { kind: 'outage', ...often },
  { kind: 'latency', median: 20, p95: 120, ...often },
  { kind: 'timeout-after-effect', ...often },
  { kind: 'malformed-answer', ...often },
  { kind: 'dropped-connection', ...often },
  { kind: 'slow-body', milliseconds: 40, ...often },
  { kind: 'ignore-idempotency-key' },
  { kind: 'duplicate-callbacks', copies: 2 },
  { kind: 'out-of-order-callbacks', milliseconds: 300, probability: 0.5 },
  { kind: 'lost-callbacks', probability: 0.7 },
];
const blocks: readonly BlockId[] = [
  'payments',
  'financial-institution',
  'digital-registries',
  'messaging',
  'information-mediator',
];

/** All kinds at all blocks with SANDBOX_FAULTS=all (some minutes), and with further seeds: SANDBOX_FAULT_SEEDS=1,2,3. */
const everything = process.env['SANDBOX_FAULTS'] === 'all';
const seeds = (process.env['SANDBOX_FAULT_SEEDS'] ?? '1').split(',').map(Number);
const all: readonly (readonly BrokenBlock[])[] = blocks.flatMap((block) =>
  faults.flatMap((fault) => seeds.map((seed) => [{ ...fault, block, seed }])),
);
/** Everything unclear at once, in the block that pays and in the one behind it. */
const few: readonly (readonly BrokenBlock[])[] = [
  [
    { block: 'payments', kind: 'malformed-answer', probability: 0.3, seed: 3 },
    { block: 'payments', kind: 'dropped-connection', probability: 0.2, seed: 4 },
    { block: 'payments', kind: 'ignore-idempotency-key' },
    { block: 'financial-institution', kind: 'malformed-answer', probability: 0.4, seed: 5 },
    { block: 'payments', kind: 'duplicate-callbacks', copies: 2 },
    { block: 'digital-registries', kind: 'malformed-answer', probability: 0.3, seed: 6 },
  ],
];

describe('application and payment while blocks are broken', () => {
  let dataDir: string;
  let session: Session;
  let application: Json;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'faults-'));
    session = await openSession(readConfig({}, { port: await freePort(), dataDir }), silentLogger);
    const usct = (await loadUseCases()).find(({ manifest }) => manifest.id === 'usct')!;
    const [first] = loadScenario(usct, 'usct-demo').steps;
    application = first?.do === 'open' ? first.input : {};
  }, 60_000);
  afterAll(async () => {
    await session.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const cases = (everything ? all : few).map((plan) => [nameOf(plan), plan] as const);
  it.each(cases)(
    '%s: paid once, and every halt had a cause that somebody can read',
    async (_name, plan) => {
      await session.as('trainer-yuki').post('/reset');
      const { ledger, causes, hits } = await payUnderFaults(session, application, plan);
      expect([...creditsPerCycle(ledger).values()]).toEqual([1]);
      expect(await accountsOff(session, 'trainer-yuki', ledger)).toEqual([]);
      for (const cause of causes)
        expect(cause).toMatch(/answered \d{3}|did not answer|outside its contract|needs/);
      if (!everything) expect(hits).toBeGreaterThan(3);
    },
    120_000,
  );
});

function nameOf(plan: readonly BrokenBlock[]): string {
  return plan
    .map(({ block, kind, seed }) => `${kind} of ${block}${seed === undefined ? '' : ` (${seed})`}`)
    .join(', ');
}
