import { runIdSchema } from '../../contracts/ids.js';
import type { AdvanceDeps } from './advance.js';
import type { Cases } from './cases.js';
import { cancelledChild } from './children.js';
import type { Signals } from './signals.js';

/** What follows when a run stands still or ends: the parent hears of it, the case shows its trouble. */
export function whenSettled(deps: { signals: Signals; cases: Cases }): AdvanceDeps['settled'] {
  return async ({ run }, execution, created, resumed, blocks) => {
    const { status, output } = execution.memo;
    if (blocks.length > 0) await deps.cases.addBlocks(run.workspace, run.caseId, blocks);
    if (status === 'faulted') {
      await deps.cases.setTrouble(
        run.workspace,
        run.caseId,
        execution.error?.detail ?? execution.error?.title ?? 'faulted',
      );
    } else if (resumed) {
      await deps.cases.setTrouble(run.workspace, run.caseId, undefined);
    }
    const { parent } = created;
    if (parent === undefined || !execution.ended) return;
    const id = `child:${run.id}:${execution.memo.inbox}:${status}`;
    const to = runIdSchema.parse(parent.runId);
    if (status === 'completed')
      await deps.signals.send(run.workspace, to, { kind: 'done', id, key: parent.key, output });
    else {
      const error = execution.error ?? cancelledChild(run.id, parent.key);
      await deps.signals.send(run.workspace, to, { kind: 'failed', id, key: parent.key, error });
    }
  };
}
