import type { Ids, WorkspaceId } from '../../contracts/ids.js';
import type { Run } from '../../contracts/run.js';
import type { RunStatus } from '../../contracts/run-event.js';
import { SandboxError } from '../../contracts/problems.js';
import type { CaseKind } from '../../contracts/use-case.js';
import type { InstanceState, OwnInstance, WorkflowRuns } from '../../mocks/workflow/ports.js';
import type { UseCase } from '../../orchestrator/definition/load-use-case.js';
import { createRunOperations } from '../../orchestrator/runtime/run-operations.js';
import type { Runtime } from '../../orchestrator/runtime/runtime.js';
import type { UseCaseCatalog } from '../use-case-catalog.js';

const MOST = 1_000;
/** A run's identifier goes on in hexadecimal digits; so many of them make a number that every language holds. */
const DIGITS = 12;

const states: Readonly<Record<RunStatus, InstanceState>> = {
  pending: 'running',
  running: 'running',
  waiting: 'running',
  suspended: 'suspended',
  cancelled: 'stopped',
  faulted: 'failed',
  completed: 'completed',
};

/** The runs of the sandbox as the workflow building block sees them: one process per kind of case. */
export function createWorkflowRuns(deps: {
  readonly catalog: Pick<UseCaseCatalog, 'useCases' | 'latest' | 'formViolations'>;
  readonly ids: Ids;
  /** Asked for late: the runtime is made after the blocks. */
  readonly runtime: () => Runtime;
}): WorkflowRuns {
  const { catalog } = deps;
  const kinds = (): readonly Kind[] =>
    catalog.useCases.flatMap((useCase) =>
      Object.entries(useCase.manifest.cases).map(([kind, definition]) => {
        const { version } = catalog.latest(useCase.manifest.id, definition.workflow);
        return { id: `${useCase.manifest.id}:${kind}`, useCase, kind, definition, version };
      }),
    );
  const find = async (workspace: WorkspaceId, id: number): Promise<Run | undefined> => {
    if (!Number.isSafeInteger(id) || id < 0 || id >= 16 ** DIGITS) return undefined;
    const idPrefix = `${workspace}/run-${id.toString(16).padStart(DIGITS, '0')}`;
    const [found] = await deps.runtime().store.runs.find({ idPrefix, limit: 1 });
    return found?.doc;
  };
  const refOf = ({ useCase, workflow }: Run): string => {
    const named = kinds().find(
      (kind) => kind.useCase.manifest.id === useCase && kind.definition.workflow === workflow.name,
    );
    return named?.id ?? `${useCase}:${workflow.name}`;
  };
  const view = (run: Run): OwnInstance => ({
    id: numberOf(run.id),
    processRef: refOf(run),
    initTime: run.startedAt,
    lastChangeTime: run.endedAt ?? run.startedAt,
    state: states[run.status],
  });

  return {
    processes: () =>
      kinds().map(({ id, useCase, kind, definition, version }) => ({
        id,
        name: definition.title,
        version,
        description: `Cases of kind ${kind} in the use case ${useCase.manifest.id}`,
        isExecutable: definition.startedBy.length > 0,
        properties: { useCase: useCase.manifest.id, caseKind: kind, workflow: definition.workflow },
      })),
    start: async (workspace, { process, startedBy, values, key }) => {
      const kind = kinds().find(({ id }) => id === process);
      if (kind === undefined)
        throw new SandboxError('GSB-REQ-002', { detail: `There is no process ${process}.` });
      const useCase = kind.useCase.manifest.id;
      assertForm(deps.catalog, useCase, kind.definition, values);
      const { case: opened, runId } = await deps.runtime().openCase({
        workspace,
        useCase,
        kind: kind.kind,
        key: `workflow:${key}`,
        unrepeatable: true,
        input: values,
        // The name is the caller's word: it carries no role of a person.
        metadata: {
          actor: { subject: `workflow:${startedBy}`, username: startedBy, role: 'system', roles: [] },
        },
      });
      const started = await find(workspace, numberOf(runId));
      if (started !== undefined) return view(started);
      // The same request, long ago: the run has ended and was removed since.
      const { openedAt: initTime, closedAt: lastChangeTime = initTime } = opened;
      return { id: numberOf(runId), processRef: process, initTime, lastChangeTime, state: 'completed' };
    },
    instances: async (workspace, process) => {
      const kind = process === undefined ? undefined : kinds().find(({ id }) => id === process);
      if (process !== undefined && kind === undefined) return [];
      const { found } = await deps.runtime().search.runs(workspace, {
        limit: MOST,
        ...(kind === undefined
          ? {}
          : { useCase: kind.useCase.manifest.id, workflow: kind.definition.workflow }),
      });
      return found.map(view);
    },
    instance: async (workspace, id) => {
      const run = await find(workspace, id);
      return run === undefined ? undefined : view(run);
    },
    stop: async (workspace, id) => {
      const run = await find(workspace, id);
      if (run === undefined) return undefined;
      const runtime = deps.runtime();
      await createRunOperations({ ...runtime, ids: deps.ids }).signal(
        workspace,
        run.id,
        'cancel',
        'the workflow building block',
      );
      // The signal is stored: whatever happens, the run will be cancelled.
      return { ...view(run), state: 'stopped' };
    },
  };
}

interface Kind {
  readonly id: string;
  readonly useCase: UseCase;
  readonly kind: string;
  readonly definition: CaseKind;
  readonly version: string;
}

function numberOf(run: string): number {
  return Number.parseInt(run.replace(/^run-/, '').slice(0, DIGITS), 16);
}

function assertForm(
  catalog: Pick<UseCaseCatalog, 'formViolations'>,
  useCase: string,
  { form }: CaseKind,
  values: Parameters<UseCaseCatalog['formViolations']>[2],
): void {
  const violations = form === undefined ? [] : catalog.formViolations(useCase, form, values);
  if (violations.length === 0) return;
  throw new SandboxError('GSB-REQ-001', {
    detail: violations.map(({ pointer, message }) => `InstanceValues${pointer}: ${message}`).join('; '),
  });
}
