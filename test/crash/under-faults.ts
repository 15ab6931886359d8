import { ApiRefusal, type CaseAnswer, type TasksAnswer } from '../../cli/api-client.js';
import type { Access } from '../../cli/access.js';
import { pause } from '../../cli/real-clock.js';
import type { BlockId } from '../../contracts/block.js';
import type { Case } from '../../contracts/case.js';
import type { FaultRequest } from '../../contracts/faults.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import type { Run } from '../../contracts/run.js';
import { readLedger, type LedgerEntry } from './money.js';

/** The way from application to payment while a block is broken, with an operator who mends what does not mend itself. */
export type BrokenBlock = FaultRequest & { readonly block: BlockId };

export interface Ending {
  readonly ledger: readonly LedgerEntry[];
  /** Why runs were parked until somebody mended the blocks and resumed them. */
  readonly causes: readonly string[];
  /** How often the faults struck. */
  readonly hits: number;
}

const TRAINER = 'trainer-yuki';
const PATIENCE_MS = 60_000;

const people: Readonly<Record<string, { readonly as: string; readonly data: JsonObject }>> = {
  askConsent: { as: 'amina', data: { decision: 'granted' } },
  prepareBatch: { as: 'payments-maker-ines', data: { decision: 'submit' } },
  approveBatch: { as: 'payments-checker-ravi', data: { decision: 'approve' } },
};

export async function payUnderFaults(
  access: Access,
  application: Json,
  broken: readonly BrokenBlock[],
): Promise<Ending> {
  const trainer = access.as(TRAINER);
  const causes: string[] = [];
  let hits = 0;
  for (const { block, ...fault } of broken) await trainer.post(`/blocks/${block}/faults`, fault);

  const applied = await open('amina', { kind: 'application', input: application });
  await until(applied.id, 'enrolled');
  const cycle = await open('payments-maker-ines', {
    kind: 'payment-cycle',
    input: { programme: 'usct', cycle: '2026-01', repeat: false },
  });
  await until(cycle.id, 'paid');
  await mend();
  return { ledger: await readLedger(access, TRAINER), causes, hits };

  async function open(as: string, body: JsonObject): Promise<Case> {
    const opened = await access.as(as).post<{ case: Case }>('/cases', { useCase: 'usct', ...body });
    return opened.case;
  }

  async function until(id: string, state: string): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const { case: found, runs } = await trainer.get<CaseAnswer>(`/cases/${id}`);
      if (found.state === state) return;
      if (performance.now() > end)
        throw new Error(
          `${found.number} is ${found.state}, not ${state}; causes so far: ${causes.join('; ')}`,
        );
      if (await doTask(id)) continue;
      const parked = runs.filter(({ status }) => status === 'faulted');
      if (parked.length > 0) await resume(parked);
      else if (await access.quiet()) await skipWait();
      await pause(20);
    }
  }

  async function doTask(id: string): Promise<boolean> {
    const { tasks } = await trainer.get<TasksAnswer>(`/tasks?case=${id}&state=open`);
    const task = tasks.find(({ name }) => name in people);
    if (task === undefined) return false;
    const { as, data } = people[task.name]!;
    await access.as(as).post(`/tasks/${task.id}/complete`, { data });
    return true;
  }

  /** Whoever operates the sandbox reads the cause, mends the blocks, and resumes. */
  async function resume(parked: readonly Run[]): Promise<void> {
    await mend();
    for (const { id, error } of parked) {
      causes.push(error?.detail ?? error?.title ?? 'no cause');
      await trainer.post(`/runs/${id}/resume`).catch(alreadyResumed);
    }
  }

  async function mend(): Promise<void> {
    for (const block of new Set(broken.map((one) => one.block))) {
      const { faults } = await trainer.get<{ faults: { hits: number }[] }>(`/blocks/${block}/faults`);
      hits += faults.reduce((sum, fault) => sum + fault.hits, 0);
      await trainer.delete(`/blocks/${block}/faults`);
    }
  }

  /** Retries and time limits wait on the workspace clock, so nobody needs to sit them out. */
  async function skipWait(): Promise<void> {
    const { nextTimer } = await trainer.get<{ nextTimer: { due: string } | null }>('/clock');
    if (nextTimer !== null) await trainer.post('/clock', { next: true });
  }
}

/** A run that was resumed takes the runs that it waits for along. */
function alreadyResumed(error: unknown): void {
  if (!(error instanceof ApiRefusal) || error.status !== 409) throw error;
}
