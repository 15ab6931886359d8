import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createChance } from '../../cli/cohort/random.js';
import { runCohort } from '../../cli/cohort/run-cohort.js';
import type { Fault } from '../../contracts/block.js';
import type { FaultRequest } from '../../contracts/faults.js';
import { buildSandbox, openCrashSession, type CrashSession } from './crash-session.js';
import { followPlan, type Kill } from './kill-plan.js';
import { all } from '../setup/long.js';
import { accountsOff, activeVouchers, creditsPerCycle, readLedger } from './money.js';

type Trouble = FaultRequest & Pick<Fault, 'block'>;

const ROWS = 40;
const SEED = 2026;

/** Answers that take their time: something to be killed in. */
const slow: readonly Trouble[] = [
  { block: 'payments', kind: 'latency', operationId: 'handOverBatch', milliseconds: 300 },
  { block: 'financial-institution', kind: 'latency', operationId: 'creditAccounts', milliseconds: 500 },
];

/** While applications run, while the batch is handed over, while it is settled. */
const plan = (handOver: Kill['after']): readonly Kill[] => [
  { type: 'task.completed', task: 'noteSubmission', nth: 8, after: [0, 300] },
  { type: 'task.started', task: 'sendBatch', after: handOver },
  { type: 'task.completed', task: 'sendBatch', after: [50, 900] },
];
const beforeItsEffect: Kill['after'] = [0, 250];
const afterItsEffect: Kill['after'] = [320, 500];

const killings = [
  { words: '', seed: 1, handOver: beforeItsEffect, troubles: [] },
  {
    words: ', by a payments block that ignores Idempotency-Key and loses its answers to the batch',
    seed: 2,
    handOver: afterItsEffect,
    troubles: [
      { block: 'payments', kind: 'ignore-idempotency-key' },
      { block: 'payments', kind: 'timeout-after-effect', operationId: 'handOverBatch', times: 2 },
    ] satisfies Trouble[],
  },
];

describe('kill -9, three times on the way', () => {
  let session: CrashSession;

  beforeAll(buildSandbox, 60_000);
  beforeEach(async () => {
    session = await openCrashSession();
  }, 90_000);
  afterEach(() => session.close());

  it.each(all(killings, ({ words }) => words === ''))(
    'pays each beneficiary once$words',
    async ({ seed, handOver, troubles }) => {
      const { sandbox, access, useCase, trainer } = session;
      for (const { block, ...fault } of [...slow, ...troubles])
        await access.as(trainer).post(`/blocks/${block}/faults`, fault);
      const killing = followPlan(sandbox, access, trainer, plan(handOver), createChance(seed));

      const report = await runCohort({
        session: access,
        useCase,
        rows: ROWS,
        seed: SEED,
        trainer,
        write: () => undefined,
      });
      await killing.stop();

      expect(killing.done).toHaveLength(3);
      expect(sandbox.recovered()).toBeGreaterThan(0);
      expect(report.differences).toEqual([]);
      expect(report).toMatchObject({ asExpected: true, paidTwice: [], creditsMissing: [] });
      const entries = await readLedger(access, trainer);
      expect(entries.length).toBeGreaterThan(5);
      expect(new Set(creditsPerCycle(entries).values())).toEqual(new Set([1]));
      expect(entries.length + (await activeVouchers(access, trainer))).toBe(report.outcomes['paid']);
      expect(await accountsOff(access, trainer, entries)).toEqual([]);
    },
    180_000,
  );
});
