import { DEFAULT_WORKSPACE, type RunId } from '../../contracts/ids.js';
import type { HumanTask } from '../../contracts/human-task.js';
import type { Principal, Role } from '../../contracts/identity.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import { silentLogger } from '../../contracts/logger.js';
import { TIMER_QUEUE } from '../../contracts/queue.js';
import type { CloudEvent } from '../../contracts/run-event.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { createMemoryDocuments } from '../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../infra/memory/memory-journal.js';
import { createMemoryQueues } from '../../infra/memory/memory-queues.js';
import { createIdempotencyKey } from '../../orchestrator/blocks/idempotency-key.js';
import type { EngineDeps } from '../../orchestrator/engine/index.js';
import { createLifecycleViews } from '../../orchestrator/runtime/lifecycle/lifecycle-views.js';
import { createLocalLocks } from '../../orchestrator/runtime/local-locks.js';
import type { Runtime } from '../../orchestrator/runtime/runtime.js';
import type { Signals } from '../../orchestrator/runtime/signals.js';
import { createHumanTaskFunction } from '../../orchestrator/tasks/human-task-function.js';
import { createHumanTasks, type HumanTasks } from '../../orchestrator/tasks/human-tasks.js';
import type { ClockMove } from '../../orchestrator/workspaces/advance-clock.js';
import { createClockControl } from '../../orchestrator/workspaces/clock-control.js';
import { createWorkspaceClocks } from '../../orchestrator/workspaces/workspace-clocks.js';
import { openOutbound } from '../outbound.js';
import { openSecrets } from '../secrets.js';
import type { Schemas } from '../use-case-catalog.js';
import { createTaskAlarms } from '../task-alarms.js';
import { openWorkbench, type Workbench } from '../workbench.js';
import { check, StepFailed } from './check.js';
import { withStillAlarms } from './still-alarms.js';

/** What one scenario is played on: a workbench whose storage is memory, whose clock stands, and whose people do as told. */
export interface ScenarioBench {
  readonly workbench: Workbench;
  /** Resolves when nothing is in hand any more; raises StepFailed when something failed that should not. */
  quiet(): Promise<void>;
  moveClock(move: ClockMove): Promise<void>;
  /** Moves the clock to the next timer; false when there is none. */
  nextTimer(): Promise<boolean>;
  /** The next timer that is set. */
  timer(): Promise<{ readonly due: string } | undefined>;
  publish(event: CloudEvent): Promise<void>;
  tell(run: RunId, what: 'suspend' | 'resume' | 'cancel'): Promise<void>;
  /** The runs of a workflow, in the order in which they began. */
  runsOf(workflow: string): Promise<readonly RunId[]>;
  /** The lifecycle events of a run, in their order. */
  lifecycleOf(run: RunId): Promise<readonly CloudEvent[]>;
  /** Whether a task of that name waits for a person; any, when no name is given. */
  hasTask(name?: string): Promise<boolean>;
  completeTask(name: string, role: Role, data: Json): Promise<void>;
  close(): Promise<void>;
}

export interface ScenarioBenchOptions {
  readonly workflows: readonly WorkflowDocument[];
  readonly startsAt: Date;
  readonly engine: EngineDeps;
  readonly schemas: Schemas;
  /** Where the hosts that scenarios call answer; calls to other hosts are refused. */
  readonly hostMap: Readonly<Record<string, string>>;
  readonly secrets: JsonObject;
  readonly forms: Readonly<Record<string, JsonObject>>;
}

const CONCURRENCY = 16;
const CALL_TIMEOUT_MS = 10_000;

export async function openScenarioBench(options: ScenarioBenchOptions): Promise<ScenarioBench> {
  const realClock = { now: () => options.startsAt };
  const documents = createMemoryDocuments();
  const journal = createMemoryJournal();
  const locks = createLocalLocks();
  const memoryQueues = createMemoryQueues({ attempts: 1 });
  const clocks = await createWorkspaceClocks(documents, realClock);
  const { digest, attest } = await openSecrets(documents);
  // Tokens and documents that one scenario fetched are nothing to the next one.
  const outbound = openOutbound({
    config: { outboundHosts: [], outboundTimeoutMs: CALL_TIMEOUT_MS },
    realClock,
    idempotencyKey: createIdempotencyKey(digest),
    hostMap: options.hostMap,
  });
  const late: { tasks?: HumanTasks; runtime?: Runtime } = {};
  const openTasks = (signals: Signals): HumanTasks =>
    createHumanTasks({
      documents,
      journal,
      clocks,
      realClock,
      digest,
      attest,
      formViolations: (_useCase, form, data) => {
        const schema = options.forms[form];
        return schema === undefined ? [] : options.schemas.violations(schema, data);
      },
      alarms: createTaskAlarms(() => {
        if (late.runtime === undefined) throw new Error('A task was opened before the runtime was');
        return late.runtime.timers;
      }),
      done: (task, outcome) =>
        signals.send(task.workspace, task.runId, {
          kind: 'done',
          id: `${task.id}:${outcome.at}`,
          key: task.key,
          output: outcome as unknown as Json,
        }),
    });
  const workbench = await openWorkbench({
    workflows: options.workflows,
    documents,
    journal,
    queues: withStillAlarms(memoryQueues, TIMER_QUEUE),
    locks,
    clocks,
    realClock,
    engine: options.engine,
    outbound: outbound.calls,
    functions: (signals) => {
      late.tasks = openTasks(signals);
      return { humanTask: createHumanTaskFunction(late.tasks) };
    },
    withdraw: async (key, { run }) => late.tasks?.withdraw(run.workspace, run.id, key),
    secretsOf: (_workspace, names) =>
      Promise.resolve(
        Object.fromEntries(
          names.flatMap((name) => {
            const value = options.secrets[name];
            return value === undefined ? [] : [[name, value]];
          }),
        ),
      ),
    fireTaskTimer: async (workspace, task) => late.tasks?.escalate(workspace, task),
    logger: silentLogger,
    concurrency: CONCURRENCY,
  });
  const { runtime } = workbench;
  late.runtime = runtime;
  const quiet = async (): Promise<void> => {
    await memoryQueues.drain();
    const [failure] = memoryQueues.failures;
    if (failure !== undefined)
      throw new StepFailed(`The runtime failed unexpectedly: ${textOfError(failure.error)}`);
  };
  const clockControl = createClockControl({
    clocks,
    timers: runtime.timers,
    journal,
    locks,
    realClock,
    logger: silentLogger,
    quiet,
  });
  const moveClock = async (move: ClockMove): Promise<void> => {
    await clockControl.change(DEFAULT_WORKSPACE, move, 'scenario');
    await quiet();
  };
  const lifecycle = createLifecycleViews({ journal, api: () => 'http://workbench.invalid/api/v1' });
  let told = 0;
  const openTasksNow = async (): Promise<readonly HumanTask[]> =>
    (await late.tasks?.list(DEFAULT_WORKSPACE, personIn('trainer'), { state: 'open' })) ?? [];
  return {
    workbench,
    quiet,
    moveClock,
    nextTimer: async () => {
      if ((await runtime.timers.next(DEFAULT_WORKSPACE)) === undefined) return false;
      await moveClock({ kind: 'next-timer' });
      return true;
    },
    timer: () => runtime.timers.next(DEFAULT_WORKSPACE),
    tell: async (run, what) => {
      told += 1;
      await runtime.signals.send(
        DEFAULT_WORKSPACE,
        run,
        what === 'cancel'
          ? { kind: 'cancel', id: `told-${told}`, reason: 'The scenario says so' }
          : { kind: what, id: `told-${told}` },
      );
      await quiet();
    },
    lifecycleOf: (run) => lifecycle.of(DEFAULT_WORKSPACE, run),
    runsOf: (workflow) => workbench.runsOf(workflow),
    hasTask: async (name) => (await openTasksNow()).some((task) => name === undefined || task.name === name),
    publish: async (event) => {
      await workbench.publish(event);
      await quiet();
    },
    completeTask: async (name, role, data) => {
      const task = (await openTasksNow()).find((each) => each.name === name);
      check(task !== undefined, `No task "${name}" waits for a person.`);
      await late.tasks?.complete(DEFAULT_WORKSPACE, task.id, personIn(role), data);
      await quiet();
    },
    close: async () => {
      await workbench.close();
      await memoryQueues.close();
      await outbound.close();
    },
  };
}

/** A person of that role; the same one each time. */
function personIn(role: Role): Principal {
  return { subject: `person-${role}`, username: role, name: role, roles: [role] };
}

function textOfError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
