import type { Json } from './json.js';
import type { TaskKind, WorkflowReference } from './workflow.js';

/**
 * The journal of a run, stream `<workspace>/run/<runId>`. These events are the truth about the run: its state is
 * their fold, every view is derived from them. They hold references and figures; personal data lies in the
 * record's payload. Phases and names follow the Open Workflow Specification DSL 1.0.3, Lifecycle Events.
 */
export type RunEvent = {
  readonly time: string;
  readonly at: string;
  /** Taken over from the journal of the run that this one repeats: it happened there, not here. */
  readonly copiedFrom?: { readonly runId: string; readonly seq: number };
} & RunEventBody;

export type RunEventBody =
  | RunCreated
  | RunStatusEvent
  | RunCompensating
  | RunFaulted
  | RunResumed
  | TaskStarted
  | TaskCompleted
  | TaskFaulted
  | TaskRetried
  | TaskEnded
  | TaskConsumed
  | TaskIterated
  | SignalReceived
  | CaseMoved;

export interface RunCreated {
  readonly type: 'run.created';
  readonly workflow: WorkflowReference;
  readonly useCase: string;
  readonly caseId: string;
  readonly parent?: { readonly runId: string; readonly key: string };
  /** How many runs stand above it, each started by the one before; none when absent. */
  readonly depth?: number;
  /** SHA-256 of the document that it runs; absent in runs older than this member. */
  readonly digest?: string;
  /** Of the request that the run comes of: see contracts/correlation.ts. */
  readonly correlation?: string;
  readonly origin?: RunOrigin;
  /** payload: {input, metadata, edited?: {task, input}} */
}

/** A run that runs another one again. */
export interface RunOrigin {
  readonly runId: string;
  /** The task instance from which it runs anew; empty for the whole workflow. */
  readonly task: string;
  /** Every run that ran this before, the first one first: `runId` and whatever else came of the same first run. */
  readonly earlier: readonly string[];
}

export interface RunStatusEvent {
  readonly type: 'run.started' | 'run.completed' | 'run.cancelled' | 'run.suspended';
  /** payload of run.completed: {output} */
}

/** Completed tasks that name a compensation are undone, the last one first; how the run ends is journaled after that. */
export type RunCompensating =
  | { readonly type: 'run.compensating'; readonly reason: 'cancelled' }
  | {
      readonly type: 'run.compensating';
      readonly reason: 'faulted';
      readonly error: RunError;
      readonly chain: readonly string[];
    };

export interface RunFaulted {
  readonly type: 'run.faulted';
  /** The first error; its detail also tells which compensations failed. */
  readonly error: RunError;
  /** The task instances through which the error went up: what a resume tries again. */
  readonly chain: readonly string[];
  /** The run is parked: not the workflow failed, but what runs it (GSB-RUN-002). A resume goes on where it stood. */
  readonly parked?: true;
}

export interface RunResumed {
  readonly type: 'run.resumed';
  /** Task instances whose failure is forgotten. */
  readonly retrying: readonly string[];
}

export interface TaskNames {
  /** The instance: a JSON pointer with `@visit`, `#iteration`, `#attempt`. */
  readonly key: string;
  readonly name: string;
  readonly kind: TaskKind;
  /** For calls: what is called. `openapi govstack://payments#bulkPayment`, `humanTask`. */
  readonly target?: string;
  /** The use case's step and the key of its sentence. */
  readonly step?: string;
  readonly narration?: string;
}

export interface TaskStarted extends TaskNames {
  readonly type: 'task.started';
  /** The shared part that it performs within this run; its tasks lie below this one, at `/run`. */
  readonly part?: WorkflowReference;
  /** payload: {args}: what an effect is performed with; a repetition sends exactly this. */
}

export interface TaskCompleted extends TaskNames {
  readonly type: 'task.completed';
  /** Set when the flow leaves the ordinary order. */
  readonly then?: string;
  /** The events that a listen task consumed as it ended, each as `<source> <id>`. */
  readonly consumed?: readonly string[];
  /** The function that undoes this task, should the run be cancelled or fault. */
  readonly compensate?: string;
  /** payload: {output} or {same: true} (the output is the input), and {context} after an export. */
}

export interface TaskFaulted extends TaskNames {
  readonly type: 'task.faulted';
  readonly error: RunError;
}

export interface TaskRetried extends TaskNames {
  readonly type: 'task.retried';
  readonly attempt: number;
  readonly due: string;
}

export interface TaskEnded extends TaskNames {
  readonly type: 'task.skipped' | 'task.cancelled';
}

/** A listen task that takes events one by one took one; `ends`: it belongs to `until`, not to the output. */
export interface TaskConsumed extends TaskNames {
  readonly type: 'task.consumed';
  /** `<source> <id>` */
  readonly event: string;
  readonly ends?: true;
}

/** A listen task dealt with one of its events. */
export interface TaskIterated extends TaskNames {
  readonly type: 'task.iterated';
  readonly index: number;
  /** payload: {output}, and {context} after an export. */
}

/** Something from outside reached the run: a timer, an event, a finished human task or child. */
export interface SignalReceived {
  readonly type: 'signal.received';
  /** Position in the run's inbox; what lies before it is dealt with. */
  readonly inbox: number;
  readonly signal: SignalKind;
  /** The task instance it is for; absent for events and for the run as a whole. */
  readonly key?: string;
  /** payload: the Signal itself */
}

export interface CaseMoved {
  readonly type: 'case.moved';
  readonly key: string;
  /** Another case than the run's own. */
  readonly case?: string;
  readonly state: string;
  readonly step?: string;
  /** payload: {facts}, since what a use case calls a fact may name a person. Absent when it gave none. */
}

/** RFC 7807 as the workflow specification uses it; never carries personal data. */
export interface RunError {
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  /** JSON pointer to the task in the document. */
  readonly instance: string;
}

/** What reaches a run through its inbox, stream `<workspace>/inbox/<runId>`. */
export type Signal =
  | { readonly kind: 'timer'; readonly id: string; readonly key: string }
  | { readonly kind: 'event'; readonly id: string; readonly event: CloudEvent }
  /** A task that waits outside (human task, child run) came to its end. */
  | { readonly kind: 'done'; readonly id: string; readonly key: string; readonly output: Json }
  | { readonly kind: 'failed'; readonly id: string; readonly key: string; readonly error: RunError }
  | { readonly kind: 'cancel'; readonly id: string; readonly reason: string }
  | { readonly kind: 'suspend'; readonly id: string }
  | { readonly kind: 'resume'; readonly id: string };
export type SignalKind = Signal['kind'];

/** CloudEvents 1.0, structured mode, JSON data. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time?: string;
  readonly subject?: string;
  readonly datacontenttype?: string;
  readonly data?: Json;
  readonly [extension: string]: Json | undefined;
}

export type RunStatus =
  'pending' | 'running' | 'waiting' | 'suspended' | 'cancelled' | 'faulted' | 'completed';
