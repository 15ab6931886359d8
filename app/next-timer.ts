import { taskIdSchema, type WorkspaceId } from '../contracts/ids.js';
import { textOf } from '../contracts/json.js';
import { SandboxError } from '../contracts/problems.js';
import { nameOfKey } from '../orchestrator/engine/index.js';
import type { ClockView } from '../orchestrator/http/api-ports.js';
import { caseDocumentId } from '../orchestrator/runtime/cases.js';
import { runDocumentId } from '../orchestrator/runtime/run-store.js';
import type { Runtime } from '../orchestrator/runtime/runtime.js';
import type { Timer, TimerTarget } from '../orchestrator/runtime/timers.js';
import type { HumanTasks } from '../orchestrator/tasks/human-tasks.js';

type NextTimer = NonNullable<ClockView['nextTimer']>;

export interface NextTimerDeps {
  readonly runtime: Runtime;
  readonly tasks: HumanTasks;
}

/** What falls due next: `what` for a terminal, the rest so that a page can say it in its reader's words. */
export async function describeTimer(
  { runtime, tasks }: NextTimerDeps,
  workspace: WorkspaceId,
  { due, target }: Timer,
): Promise<NextTimer> {
  const caseOf = async (id: string | undefined): Promise<Pick<NextTimer, 'case'>> => {
    const found =
      id === undefined ? undefined : await runtime.cases.collection.get(caseDocumentId(workspace, id));
    if (found === undefined) return {};
    const { useCase, kind, number } = found.doc;
    return { case: { useCase, kind, number } };
  };
  const told = { due, kind: target.kind, what: whatWaits(target) };
  switch (target.kind) {
    case 'run': {
      const run = await runtime.store.runs.get(runDocumentId(workspace, target.run));
      return { ...told, ...(await caseOf(run?.doc.caseId)) };
    }
    case 'task': {
      const task = await tasks.get(workspace, taskIdSchema.parse(target.task)).catch(noSuchTask);
      return { ...told, ...(await caseOf(task?.caseId)) };
    }
    case 'block':
      return { ...told, block: target.block };
    case 'schedule':
      return { ...told, useCase: target.useCase };
  }
}

/** A task may be gone before its alarm is; a store that is away is another matter. */
function noSuchTask(error: unknown): undefined {
  if (error instanceof SandboxError && error.code === 'GSB-REQ-002') return undefined;
  throw error;
}

/** In references: task instances by name, no data. */
function whatWaits(target: TimerTarget): string {
  switch (target.kind) {
    case 'run':
      return `${nameOfKey(target.key)} of ${target.run}`;
    case 'block':
      return `${textOf(target.job['name'])} of ${target.block}`;
    case 'schedule':
      return `start of ${target.workflow} in ${target.useCase}`;
    case 'task':
      return `escalation of ${target.task}`;
  }
}
