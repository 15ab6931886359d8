import type { AttestationSigner } from '../../contracts/attestation.js';
import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import { changeDocument, type Collection, type DocumentStore } from '../../contracts/documents.js';
import type { Digest } from '../../contracts/digest.js';
import type { HumanTask, HumanTaskOutcome } from '../../contracts/human-task.js';
import {
  taskIdSchema,
  type PersonRef,
  type RunId,
  type TaskId,
  type WorkspaceId,
} from '../../contracts/ids.js';
import type { Principal, Role } from '../../contracts/identity.js';
import type { Journal } from '../../contracts/journal.js';
import type { Json } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { streams } from '../../contracts/streams.js';
import type { TaskEvent, WorkspaceEvent } from '../../contracts/workspace-event.js';
import { assertMayComplete } from './may-complete.js';

export interface NewHumanTask {
  readonly workspace: WorkspaceId;
  readonly useCase: string;
  readonly caseId: HumanTask['caseId'];
  readonly runId: RunId;
  readonly key: string;
  readonly name: string;
  readonly title: string;
  readonly role: Role;
  readonly form: string;
  readonly data: Json;
  readonly person?: PersonRef;
  readonly excluded: readonly string[];
  readonly due?: string;
  readonly escalation?: { readonly at: string; readonly to: Role };
}

export interface TaskQuery {
  readonly state?: HumanTask['state'];
  readonly caseId?: string;
  readonly role?: Role;
}

/** Work for people: opened by runs, claimed and completed by whoever may, refused to everybody else. */
export interface HumanTasks {
  /** Opens a task, once; answers the outcome of one that is done already: the run may have missed it. */
  open(task: NewHumanTask): Promise<HumanTaskOutcome | undefined>;
  get(workspace: WorkspaceId, id: TaskId): Promise<HumanTask>;
  /** The tasks that this person may see. */
  list(workspace: WorkspaceId, principal: Principal, query: TaskQuery): Promise<readonly HumanTask[]>;
  claim(workspace: WorkspaceId, id: TaskId, principal: Principal): Promise<HumanTask>;
  /** GSB-REQ-001 for data that the form refuses, GSB-AUT-002/003 for the wrong person, GSB-REQ-003 when it is done already. */
  complete(workspace: WorkspaceId, id: TaskId, principal: Principal, data: Json): Promise<HumanTask>;
  withdraw(workspace: WorkspaceId, runId: RunId, key: string): Promise<void>;
  /** Its escalation came due: moves it to the other role, open for whoever takes it first. */
  escalate(workspace: WorkspaceId, id: string): Promise<void>;
  /** Completed tasks whose run may not have heard of it: sent again after a crash. */
  remind(): Promise<number>;
}

export interface HumanTaskDeps {
  readonly documents: DocumentStore;
  readonly journal: Journal;
  readonly clocks: WorkspaceClocks;
  readonly realClock: Clock;
  readonly digest: Digest;
  readonly attest: AttestationSigner;
  /** Violations of the form's schema: pointer and sentence; empty when the data fits. */
  readonly formViolations: (
    useCase: string,
    form: string,
    data: Json,
  ) => readonly { pointer: string; message: string }[];
  /** Tells the waiting run. */
  readonly done: (task: HumanTask, outcome: HumanTaskOutcome) => Promise<void>;
  /** Alarms on the workspace clock for tasks that escalate. */
  readonly alarms?: TaskAlarms;
}

/** The alarm of a task; setting it again changes nothing, and it may ring for a task that needs it no more. */
export interface TaskAlarms {
  set(workspace: WorkspaceId, task: TaskId, due: string): Promise<void>;
  cancel(workspace: WorkspaceId, task: TaskId): Promise<void>;
}

/** A stored task also keeps its outcome until the run has heard of it, and whether others have heard of the task. */
type StoredTask = HumanTask & {
  readonly outcome?: HumanTaskOutcome;
  readonly told?: boolean;
  /** The log tells that it was opened. */
  readonly announced?: boolean;
};

export function createHumanTasks(deps: HumanTaskDeps): HumanTasks {
  const tasks: Collection<StoredTask> = deps.documents.collection<StoredTask>('tasks', [
    'state',
    'caseId',
    'role',
    'told',
  ]);
  const documentId = (workspace: WorkspaceId, id: string): string => `${workspace}/${id}`;
  const idOf = (runId: RunId, key: string): string =>
    `task-${deps.digest.sha256(`${runId}|${key}`).slice(0, 20)}`;

  const log = async (type: TaskEvent['type'], task: HumanTask, by?: string, from?: Role): Promise<void> => {
    const event: WorkspaceEvent = {
      type,
      taskId: task.id,
      caseId: task.caseId,
      runId: task.runId,
      name: task.name,
      role: task.role,
      ...(by === undefined ? {} : { by }),
      ...(from === undefined ? {} : { from }),
      time: deps.clocks.of(task.workspace).now().toISOString(),
      at: deps.realClock.now().toISOString(),
    };
    await deps.journal.append(streams.log(task.workspace), 'any', [{ event: event as unknown as Json }]);
  };

  const required = async (workspace: WorkspaceId, id: string): Promise<StoredTask> => {
    const found = await tasks.get(documentId(workspace, id));
    if (found === undefined) throw new SandboxError('GSB-REQ-002', { detail: `There is no task ${id}.` });
    return found.doc;
  };

  const tell = async (task: StoredTask): Promise<void> => {
    if (task.outcome === undefined || task.told === true) return;
    await deps.done(task, task.outcome);
    await changeDocument(tasks, task._id, (current) => ({ ...current, told: true }));
  };

  const announce = async (task: StoredTask): Promise<void> => {
    await log('human-task.opened', task);
    await changeDocument(tasks, task._id, (current) => ({ ...current, announced: true }));
  };

  /** From the stored task, not from the request: a repeated one comes later and would count from then. */
  const setAlarm = async (task: StoredTask): Promise<void> => {
    if (task.escalation === undefined || task.escalatedAt !== undefined || !isPending(task.state)) return;
    await deps.alarms?.set(task.workspace, task.id, task.escalation.at);
  };

  return {
    open: async (request) => {
      const id = idOf(request.runId, request.key);
      const task: StoredTask = {
        ...request,
        _id: documentId(request.workspace, id),
        id: taskIdSchema.parse(id),
        state: 'open',
        createdAt: deps.clocks.of(request.workspace).now().toISOString(),
      };
      if (await tasks.insert(task)) {
        await announce(task);
        await setAlarm(task);
        return undefined;
      }
      // A run that was resumed asks again for a task that had been withdrawn.
      const known = await changeDocument(tasks, task._id, (current) =>
        current.state === 'cancelled' ? task : undefined,
      );
      if (known === undefined) return undefined;
      // Whoever opened it may have ended before anybody was told: with the process, or with the journal away.
      if (known.announced !== true && isPending(known.state)) await announce(known);
      await setAlarm(known);
      return known.state === 'completed' ? known.outcome : undefined;
    },
    get: required,
    list: async (workspace, principal, query) => {
      const filter = Object.fromEntries(
        Object.entries(query).filter(([, value]) => value !== undefined),
      ) as Record<string, string>;
      const found = await tasks.find({ idPrefix: `${workspace}/`, filter });
      return found.map(({ doc }) => doc).filter((task) => maySee(task, principal));
    },
    claim: async (workspace, id, principal) => {
      const task = await required(workspace, id);
      assertMayComplete(task, principal);
      const claimed = await changeDocument(tasks, task._id, (current): StoredTask | undefined => {
        assertMayComplete(current, principal);
        return current.state === 'claimed'
          ? undefined
          : { ...current, state: 'claimed', assignee: principal.subject };
      });
      if (task.state !== 'claimed') await log('human-task.claimed', task, principal.username);
      return claimed ?? task;
    },
    complete: async (workspace, id, principal, data) => {
      const task = await required(workspace, id);
      assertMayComplete(task, principal);
      const violations = deps.formViolations(task.useCase, task.form, data);
      if (violations.length > 0) {
        throw new SandboxError('GSB-REQ-001', {
          detail: violations
            .map(({ pointer, message }) => `${pointer === '' ? 'The form' : pointer}: ${message}`)
            .join('; '),
          extensions: { errors: violations.map((violation) => ({ ...violation })) },
        });
      }
      const at = deps.clocks.of(workspace).now().toISOString();
      const outcome: HumanTaskOutcome = {
        data,
        by: { subject: principal.subject, username: principal.username, role: task.role },
        at,
        attestation: await deps.attest(task, principal, data, at),
      };
      const completed = await changeDocument(tasks, task._id, (current): StoredTask | undefined => {
        assertMayComplete(current, principal);
        return {
          ...current,
          state: 'completed',
          completedAt: at,
          completedBy: principal.subject,
          assignee: principal.subject,
          result: data,
          outcome,
        };
      });
      await log('human-task.completed', task, principal.username);
      if (task.escalation !== undefined) await deps.alarms?.cancel(workspace, id);
      if (completed !== undefined) await tell(completed);
      return completed ?? task;
    },
    withdraw: async (workspace, runId, key) => {
      const id = documentId(workspace, idOf(runId, key));
      const before = (await tasks.get(id))?.doc.state;
      const task = await changeDocument(tasks, id, (current): StoredTask | undefined =>
        isPending(current.state) ? { ...current, state: 'cancelled' } : undefined,
      );
      if (task?.state !== 'cancelled' || !isPending(before)) return;
      if (task.escalation !== undefined) await deps.alarms?.cancel(workspace, task.id);
      await log('human-task.cancelled', task);
    },
    escalate: async (workspace, id) => {
      const moved = { is: false };
      const task = await changeDocument(tasks, documentId(workspace, id), (current) => {
        const next = escalated(current, deps.clocks.of(workspace).now());
        moved.is = next !== undefined;
        return next;
      });
      if (task !== undefined && moved.is)
        await log('human-task.escalated', task, undefined, task.escalatedFrom);
    },
    remind: async () => {
      const untold = await tasks.find({ filter: { state: 'completed', told: null } });
      for (const { doc } of untold) await tell(doc);
      return untold.length;
    },
  };
}

/** The task in its other role; undefined when it is done, or has moved already. Who had claimed it has it no more. */
function escalated(task: StoredTask, now: Date): StoredTask | undefined {
  const { escalation } = task;
  if (escalation === undefined || task.escalatedAt !== undefined || !isPending(task.state)) return undefined;
  const { assignee, ...rest } = task;
  return {
    ...rest,
    state: 'open',
    role: escalation.to,
    escalatedFrom: task.role,
    escalatedAt: now.toISOString(),
  };
}

function isPending(state: HumanTask['state'] | undefined): boolean {
  return state === 'open' || state === 'claimed';
}

/** Officers see the tasks of their roles; a citizen only those that are theirs; trainers see all. */
function maySee(task: HumanTask, principal: Principal): boolean {
  if (principal.roles.includes('trainer') || principal.roles.includes('administrator')) return true;
  if (!principal.roles.includes(task.role)) return false;
  return task.role !== 'citizen' || (task.person !== undefined && task.person === principal.person);
}
