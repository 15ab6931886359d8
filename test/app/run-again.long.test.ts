import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../app/config.js';
import { ApiRefusal, type TasksAnswer } from '../../cli/api-client.js';
import { freePort } from '../../cli/free-port.js';
import { pause } from '../../cli/real-clock.js';
import { openSession, type Session } from '../../cli/session.js';
import type { Case } from '../../contracts/case.js';
import { silentLogger } from '../../contracts/logger.js';
import type { Run } from '../../contracts/run.js';
import type { RunEvent } from '../../contracts/run-event.js';
import { accountsOff, creditsPerCycle, readLedger } from '../crash/money.js';

const TRAINER = 'trainer-yuki';
const LOOKS = 1500;
let dataDir: string;
let session: Session;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'run-again-'));
  session = await openSession(readConfig({}, { port: await freePort(), dataDir }), silentLogger);
  await enrol();
}, 120_000);
afterAll(async () => {
  await session.close();
  await rm(dataDir, { recursive: true, force: true });
});

const trainer = (): ReturnType<Session['as']> => session.as(TRAINER);
const caseOf = (id: string): Promise<{ case: Case; runs: readonly Run[] }> => trainer().get(`/cases/${id}`);
const runOf = async (id: string): Promise<Run> => (await trainer().get<{ run: Run }>(`/runs/${id}`)).run;

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(20);
  }
  throw new Error(`It never came: ${what}`);
}

async function complete(as: string, of: string, task: string, data: object): Promise<void> {
  const id = await until(`the task ${task}`, async () => {
    const { tasks } = await trainer().get<TasksAnswer>(`/tasks?case=${of}&state=open`);
    return tasks.find(({ name }) => name === task)?.id;
  });
  await session.as(as).post(`/tasks/${id}/complete`, { data });
}

const ended = (run: string): Promise<Run> =>
  until(`the end of ${run}`, async () => {
    const found = await runOf(run);
    return found.endedAt === undefined ? undefined : found;
  });

/** Amina, who is to be paid 214 in each cycle. */
async function enrol(): Promise<void> {
  const input = {
    channel: 'citizen',
    applicant: {
      individualId: '2001000017',
      firstName: 'Amina',
      lastName: 'Haddad',
      birthDate: '1988-03-14',
      sex: 'female',
      phone: '+15550101',
    },
    household: {
      region: 'hills',
      size: 6,
      dependants: 4,
      elderly: 1,
      disabled: 0,
      displaced: false,
      headSex: 'female',
      assets: ['radio', 'goats'],
      landHectares: 0.5,
      monthlyIncome: 60,
    },
    payment: { route: 'mobile', account: '+15550101' },
    oneTimeCode: '111111',
  };
  const body = { useCase: 'usct', kind: 'application', input };
  const { case: opened } = await session.as('amina').post<{ case: Case }>('/cases', body);
  await complete('amina', opened.id, 'askConsent', { decision: 'granted' });
  await until('the enrolment', async () =>
    (await caseOf(opened.id)).case.state === 'enrolled' ? true : undefined,
  );
}

async function openCycle(cycle: string): Promise<{ id: string; run: string }> {
  const body = { useCase: 'usct', workflow: 'payment-cycle', input: { programme: 'usct', cycle } };
  const opened = await session.as(TRAINER).post<{ case: Case; runId: string }>('/runs', body);
  return { id: opened.case.id, run: opened.runId };
}

async function approve(id: string): Promise<void> {
  await complete('payments-maker-ines', id, 'prepareBatch', { decision: 'submit' });
  await complete('payments-checker-ravi', id, 'approveBatch', { decision: 'approve' });
}

async function again(run: string, from: string, more: object = {}): Promise<string> {
  const { run: started } = await trainer().post<{ run: Run }>(`/runs/${run}/rerun`, { from, ...more });
  return started.id;
}

/** Key of the first task of this name that the run began. */
async function keyOf(run: string, name: string): Promise<string> {
  const { events } = await trainer().get<{ events: readonly { event: RunEvent }[] }>(`/runs/${run}/events`);
  const found = events.find(({ event }) => 'name' in event && event.name === name)?.event;
  if (found === undefined || !('key' in found)) throw new Error(`The run ${run} never began ${name}`);
  return found.key;
}

/** What the ledger and the accounts say, once nothing is under way any more. */
async function expectOneCredit(cycle: string): Promise<void> {
  await until('quiet', async () => ((await session.quiet()) ? true : undefined));
  const entries = await readLedger(session, TRAINER);
  const credits = creditsPerCycle(entries);
  expect([...credits.values()].filter((count) => count > 1)).toEqual([]);
  expect([...credits.keys()].filter((key) => key.endsWith(cycle.slice(2).replace('-', '')))).toHaveLength(1);
  expect(await accountsOff(session, TRAINER, entries)).toEqual([]);
}

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof ApiRefusal ? error : Promise.reject(error as Error)),
  );

describe('a payment cycle that was paid', () => {
  const cycle = '2026-01';
  let paid: { id: string; run: string };

  beforeAll(async () => {
    paid = await openCycle(cycle);
    await approve(paid.id);
    expect(await ended(paid.run)).toMatchObject({ status: 'completed' });
    await expectOneCredit(cycle);
  }, 60_000);

  it('pays nobody again from its start', async () => {
    const run = await again(paid.run, '/');
    await approve(paid.id);
    expect(await ended(run)).toMatchObject({ status: 'completed', origin: { runId: paid.run, task: '' } });
    await expectOneCredit(cycle);
    expect((await caseOf(paid.id)).case).toMatchObject({ state: 'paid', facts: { paid: 1, paidTotal: 214 } });
  }, 60_000);

  it('pays nobody again from just before the batch is sent', async () => {
    const run = await again(paid.run, await keyOf(paid.run, 'payAccounts'));
    expect(await ended(run)).toMatchObject({ status: 'completed' });
    await expectOneCredit(cycle);
  }, 60_000);

  it('pays nobody again from the settlement', async () => {
    const run = await again(paid.run, await keyOf(paid.run, 'settle'));
    expect(await ended(run)).toMatchObject({ status: 'completed' });
    await expectOneCredit(cycle);
    const receipts = await trainer().get<{ messages: readonly { text: string }[] }>(
      `/messages?recipient=${encodeURIComponent('+15550101')}`,
    );
    expect(receipts.messages.filter(({ text }) => text.includes(cycle))).toHaveLength(1);
  }, 60_000);

  it('pays nobody again from the sending itself, in the part that pays a batch', async () => {
    const run = await again(paid.run, await keyOf(paid.run, 'handOver'));
    expect(await ended(run)).toMatchObject({ status: 'completed' });
    await expectOneCredit(cycle);
  }, 60_000);

  it('pays nobody again when the amounts are edited', async () => {
    const key = await keyOf(paid.run, 'firstBatch');
    const { events } = await trainer().get<{
      events: readonly { event: RunEvent; payload?: { args?: { instructions: { amount: number }[] } } }[];
    }>(`/runs/${paid.run}/events?payload=true&limit=500`);
    const given = events.find(({ event }) => event.type === 'task.started' && event.key === key)?.payload
      ?.args;
    expect(given?.instructions).toHaveLength(1);
    const edited = { ...given, instructions: given!.instructions.map((one) => ({ ...one, amount: 999 })) };
    const run = await again(paid.run, `${key}/run/do/0/begin`, { input: edited });
    expect(await ended(run)).toMatchObject({ status: 'completed' });
    await expectOneCredit(cycle);
  }, 60_000);
});

/** Paid, but the run does not know: what became of the batch could not be asked. */
describe.each([
  ['whose block remembers what it was asked', '2026-03', false],
  ['whose block forgets its keys', '2026-05', true],
] as const)('a payment cycle that was parked after the money was sent, %s', (_how, cycle, forgetful) => {
  let parked: { id: string; run: string };

  beforeAll(async () => {
    parked = await openCycle(cycle);
    await complete('payments-maker-ines', parked.id, 'prepareBatch', { decision: 'submit' });
    await trainer().post('/blocks/payments/faults', { kind: 'error', operationId: 'getBatchDetail' });
    await complete('payments-checker-ravi', parked.id, 'approveBatch', { decision: 'approve' });
    expect(await ended(parked.run)).toMatchObject({ status: 'faulted' });
    await trainer().delete('/blocks/payments/faults');
    if (forgetful) await trainer().post('/blocks/payments/faults', { kind: 'ignore-idempotency-key' });
    await expectOneCredit(cycle);
  }, 90_000);

  it('is run again from its start: the claims are its own, the batch is found, the cycle is settled', async () => {
    const run = await again(parked.run, '/');
    await approve(parked.id);
    expect(await ended(run)).toMatchObject({ status: 'completed' });
    await expectOneCredit(cycle);
    expect((await caseOf(parked.id)).case).toMatchObject({ state: 'paid', facts: { paid: 1 } });
  }, 60_000);

  it('cannot be tried again any more, only be run again', async () => {
    expect(await refusal(trainer().post(`/runs/${parked.run}/retry`))).toMatchObject({
      status: 409,
      message: expect.stringContaining('run again'),
    });
    const run = await again(parked.run, await keyOf(parked.run, 'firstBatch'));
    expect(await ended(run)).toMatchObject({ status: 'completed' });
    await expectOneCredit(cycle);
    await trainer().delete('/blocks/payments/faults');
  }, 60_000);
});
