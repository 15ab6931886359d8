import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../app/config.js';
import { readUseCases } from '../../app/read-use-cases.js';
import { playOfficers } from '../../cli/cohort/officers.js';
import { payCycle } from '../../cli/cohort/pay-cycle.js';
import { planOf, runCohort, type CohortReport } from '../../cli/cohort/run-cohort.js';
import { freePort } from '../../cli/free-port.js';
import { openSession, trainerOf, type Session } from '../../cli/session.js';
import { silentLogger } from '../../contracts/logger.js';
import { copyWithoutProtection } from './without-protection.js';
import { creditsPerCycle, readLedger, type LedgerEntry } from './money.js';

const PROJECT = join(import.meta.dirname, '../../usecases');
const ROWS = 40;

/**
 * The crash tests look for double credits in a ledger that would show them. Here is the proof: the same troubles, with
 * the use case as it is, and with a copy of it that lacks what protects the money.
 */
describe('a payments block that ignores Idempotency-Key, and whose answer to the batch is lost', () => {
  let folder: string;
  let session: Session;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'protection-'));
  });
  afterEach(async () => {
    await session.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A cohort with its payment cycle, then a second case for the same cycle. */
  async function pay(useCaseFolder: string): Promise<{
    readonly report: CohortReport;
    readonly once: readonly LedgerEntry[];
    readonly twice: readonly LedgerEntry[];
  }> {
    const config = readConfig({}, { port: await freePort(), dataDir: join(folder, 'data') });
    session = await openSession(config, silentLogger, useCaseFolder);
    const useCase = (await readUseCases(useCaseFolder)).find(({ manifest }) => manifest.id === 'usct')!;
    const trainer = trainerOf(useCase.personas);
    const api = session.as(trainer);
    await api.post('/blocks/payments/faults', { kind: 'ignore-idempotency-key' });
    await api.post('/blocks/payments/faults', {
      kind: 'timeout-after-effect',
      operationId: 'handOverBatch',
      times: 1,
    });
    const report = await runCohort({
      session,
      useCase,
      rows: ROWS,
      seed: undefined,
      trainer,
      write: () => undefined,
    });
    const once = await readLedger(session, trainer);
    const plan = planOf(useCase);
    const officers = playOfficers(session, plan.payment.answers, trainer);
    try {
      await payCycle({ session, useCase, trainer }, plan, officers, plan.payment.input);
    } finally {
      await officers.stop();
    }
    return { report, once, twice: await readLedger(session, trainer) };
  }

  it('pays once, whatever happens', async () => {
    const { report, once, twice } = await pay(PROJECT);
    expect(report).toMatchObject({ asExpected: true, paidTwice: [], creditsMissing: [] });
    expect(once.length).toBeGreaterThan(5);
    expect(new Set(creditsPerCycle(twice).values())).toEqual(new Set([1]));
  }, 120_000);

  it('pays everybody twice when nobody asks first, and a third time when nobody claims', async () => {
    const unprotected = join(folder, 'usecases');
    await copyWithoutProtection(unprotected);
    const { report, once, twice } = await pay(unprotected);
    expect(report.asExpected).toBe(false);
    expect(report.paidTwice.length).toBeGreaterThan(5);
    expect(Math.min(...creditsPerCycle(once).values())).toBe(2);
    expect(Math.min(...creditsPerCycle(twice).values())).toBe(3);
  }, 120_000);
});
