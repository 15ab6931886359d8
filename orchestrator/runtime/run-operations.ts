import type { Ids, RunId, WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import type { Run } from '../../contracts/run.js';
import type { RunStatus, Signal } from '../../contracts/run-event.js';
import type { Cases } from './cases.js';
import { lineOf } from './run-again/line.js';
import { runDocumentId, type RunStore } from './run-store.js';
import type { Signals } from './signals.js';

export type RunOperation = 'suspend' | 'resume' | 'cancel';

/** What people do to a run from outside. GSB-REQ-002 for an unknown run, GSB-REQ-003 in a state that does not allow it. */
export interface RunOperations {
  signal(workspace: WorkspaceId, run: RunId, operation: RunOperation, by: string): Promise<void>;
  /** Tries a parked run again where it failed; with `from`, only if it failed at that task. */
  retry(workspace: WorkspaceId, run: RunId, by: string, from?: string): Promise<void>;
}

const underWay: readonly RunStatus[] = ['pending', 'running', 'waiting'];
const allowed: Readonly<Record<RunOperation, readonly RunStatus[]>> = {
  suspend: underWay,
  resume: ['suspended', 'faulted'],
  cancel: [...underWay, 'suspended'],
};
const needs: Readonly<Record<RunOperation, string>> = {
  suspend: 'only a run that is under way can be suspended',
  resume: 'only a suspended or a parked run can be resumed',
  cancel: 'only a run that has not ended can be cancelled',
};

export function createRunOperations(deps: {
  store: RunStore;
  signals: Signals;
  cases: Cases;
  ids: Ids;
}): RunOperations {
  const { store } = deps;
  const find = async (workspace: WorkspaceId, id: RunId): Promise<Run> => {
    const found = await store.runs.get(runDocumentId(workspace, id));
    if (found === undefined) throw new SandboxError('GSB-REQ-002', { detail: `There is no run ${id}.` });
    return found.doc;
  };
  /** How the run will stand once it has dealt with what lies in its inbox. */
  const statusOf = async (workspace: WorkspaceId, run: Run): Promise<RunStatus> => {
    const unread = await store.unread(workspace, run.id, run.inbox);
    return unread.reduce((status, { signal }) => after(status, signal), run.status);
  };
  const goOn = async (workspace: WorkspaceId, run: Run): Promise<void> => {
    const again = (await lineOf(store, workspace, run)).find(({ origin }) =>
      origin?.earlier.includes(run.id),
    );
    if (run.status === 'faulted' && again !== undefined)
      throw refused(run, 'faulted', `it was run again as ${again.id}: go on there`);
    // Before, not after: the run may be parked again faster than this request ends.
    await deps.cases.setTrouble(workspace, run.caseId, undefined);
  };

  const signal: RunOperations['signal'] = async (workspace, id, operation, by) => {
    const run = await find(workspace, id);
    const status = await statusOf(workspace, run);
    if (!allowed[operation].includes(status)) throw refused(run, status, needs[operation]);
    if (operation === 'resume') await goOn(workspace, run);
    const signalId = deps.ids.next(operation);
    await deps.signals.send(
      workspace,
      id,
      operation === 'cancel'
        ? { kind: operation, id: signalId, reason: `by ${by}` }
        : { kind: operation, id: signalId },
    );
  };
  return {
    signal,
    retry: async (workspace, id, by, from) => {
      const run = await find(workspace, id);
      const status = await statusOf(workspace, run);
      if (status !== 'faulted') throw refused(run, status, 'only a parked run can be tried again');
      const failed = (await store.read(workspace, id)).findLast(({ event }) => event.type === 'run.faulted');
      const chain = failed?.event.type === 'run.faulted' ? failed.event.chain : [];
      if (from !== undefined && !chain.includes(from)) {
        throw refused(
          run,
          status,
          `it did not fail at ${from} but at ${chain[0] ?? 'its beginning'}; to begin at another task, run it again (rerun)`,
        );
      }
      await signal(workspace, id, 'resume', by);
    },
  };
}

function after(status: RunStatus, signal: Signal): RunStatus {
  if (signal.kind === 'suspend' && underWay.includes(status)) return 'suspended';
  if (signal.kind === 'resume' && allowed.resume.includes(status)) return 'running';
  if (signal.kind === 'cancel' && allowed.cancel.includes(status)) return 'cancelled';
  return status;
}

function refused({ id }: Run, status: RunStatus, why: string): SandboxError {
  return new SandboxError('GSB-REQ-003', { detail: `Run ${id} is ${status}: ${why}.` });
}
