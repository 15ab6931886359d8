import type { Json, JsonObject } from './json.js';

/** The tasks of a workflow document. OWS DSL 1.0.3, Tasks. */

/** ISO 8601 text, a runtime expression that gives one, or its parts. */
export type DurationValue =
  | string
  | {
      readonly days?: number | undefined;
      readonly hours?: number | undefined;
      readonly minutes?: number | undefined;
      readonly seconds?: number | undefined;
      readonly milliseconds?: number | undefined;
    };

/** A URI, a URI template over the task's input, an expression, or any of them with authentication. */
export type Endpoint = string | { readonly uri: string; readonly authentication?: JsonObject | undefined };

/** `from`, `as` are runtime expressions or templates of them; `schema` is a JSON Schema, inline or in a file. */
export interface DataFlow {
  readonly schema?:
    | {
        readonly format?: string | undefined;
        readonly document?: JsonObject | undefined;
        /** Replaced by `document` when the use case is loaded. */
        readonly resource?: { readonly name?: string | undefined; readonly endpoint: Endpoint } | undefined;
      }
    | undefined;
  readonly from?: Json | undefined;
  readonly as?: Json | undefined;
}

/** The name of one of `use.timeouts`, or a duration. */
export type Timeout = string | { readonly after: DurationValue };

/** A list of named tasks; each entry has exactly one key. */
export type TaskList = readonly Readonly<Record<string, Task>>[];

export interface TaskBase {
  readonly if?: string | undefined;
  readonly input?: DataFlow | undefined;
  readonly output?: DataFlow | undefined;
  readonly export?: DataFlow | undefined;
  readonly timeout?: Timeout | undefined;
  /** continue, exit, end, or the name of a sibling. */
  readonly then?: string | undefined;
  readonly metadata?: { readonly sandbox?: SandboxMetadata; readonly [other: string]: unknown } | undefined;
}

/** What this sandbox adds to the language. It lies under `metadata.sandbox`, so that documents stay schema-valid. */
export interface SandboxMetadata {
  /** The use case's step that the task belongs to, and the key of the sentence that tells it. */
  readonly step?: string | undefined;
  readonly narration?: string | undefined;
  /** Of a `for`: its iterations run side by side, at most this many at a time, isolated from each other. */
  readonly concurrency?: number | undefined;
  /** Of such a `for`: `stop` (the default) faults with the first failed item, `collect` puts `{error}` in its place. */
  readonly onItemError?: 'stop' | 'collect' | undefined;
  /** The name in `use.functions` of what undoes this task, when the run is cancelled or faults after it. */
  readonly compensate?: string | undefined;
  /** Of a call: how to find out whether it took effect, when no answer came. */
  readonly unclear?: UnclearQuestion | undefined;
  /** Of a call: in a run that is run again it faults rather than ask for something else than the run before it did. */
  readonly once?: boolean | undefined;
}

export interface UnclearQuestion {
  readonly ask: { readonly operationId: string; readonly parameters?: JsonObject | undefined };
  /** Whether the answer shows that the call took effect. */
  readonly found: string;
  /** The call's output, made of that answer. */
  readonly as: string;
}

export interface CallTask extends TaskBase {
  /** `http`, `openapi`, a name in `use.functions`, or `name:version@catalog`. */
  readonly call: string;
  readonly with?: JsonObject | undefined;
}
export interface DoTask extends TaskBase {
  readonly do: TaskList;
}
export interface EmitTask extends TaskBase {
  readonly emit: { readonly event: { readonly with: JsonObject } };
}
export interface ForTask extends TaskBase {
  readonly for: {
    readonly each?: string | undefined;
    readonly in: string | readonly Json[];
    readonly at?: string | undefined;
  };
  readonly while?: string | undefined;
  readonly do: TaskList;
}
export interface ForkTask extends TaskBase {
  readonly fork: { readonly branches: TaskList; readonly compete?: boolean | undefined };
}

/** Attributes that an event must have; `correlate` ties it to values of the workflow, or to the first event's. */
export interface EventFilter {
  readonly with?: JsonObject | undefined;
  readonly correlate?:
    Readonly<Record<string, { readonly from: string; readonly expect?: string | undefined }>> | undefined;
}
export type EventConsumption =
  | { readonly one: EventFilter }
  /** An empty list takes any event. `until` is an expression, or events that end it. */
  | { readonly any: readonly EventFilter[]; readonly until?: string | EventConsumption | undefined }
  | { readonly all: readonly EventFilter[] };

export interface ListenTask extends TaskBase {
  readonly listen: {
    readonly to: EventConsumption;
    readonly read?: 'data' | 'envelope' | 'raw' | undefined;
  };
  /** Tasks that run for each event as it comes. */
  readonly foreach?:
    | {
        readonly item?: string | undefined;
        readonly at?: string | undefined;
        readonly do?: TaskList | undefined;
        readonly output?: DataFlow | undefined;
        readonly export?: DataFlow | undefined;
      }
    | undefined;
}
export interface ErrorTemplate {
  readonly type: string;
  readonly status: number | string;
  readonly title?: string | undefined;
  readonly detail?: string | undefined;
  readonly instance?: string | undefined;
}
export interface RaiseTask extends TaskBase {
  readonly raise: { readonly error: string | ErrorTemplate };
}
export interface RunTask extends TaskBase {
  readonly run: {
    readonly workflow: {
      readonly namespace: string;
      readonly name: string;
      /** `latest`, or a semantic version. */
      readonly version: string;
      readonly input?: Json | undefined;
    };
    readonly await?: boolean | undefined;
    /** What processes give back; of a workflow, `none` is all that it may say. */
    readonly return?: 'stdout' | 'stderr' | 'code' | 'all' | 'none' | undefined;
  };
}
export interface SetTask extends TaskBase {
  readonly set: Json;
}
export interface SwitchTask extends TaskBase {
  readonly switch: readonly Readonly<
    Record<string, { readonly when?: string | undefined; readonly then: string }>
  >[];
}
export interface RetryPolicy {
  readonly when?: string | undefined;
  readonly exceptWhen?: string | undefined;
  readonly delay?: DurationValue | undefined;
  readonly backoff?:
    | { readonly constant?: JsonObject; readonly linear?: JsonObject; readonly exponential?: JsonObject }
    | undefined;
  readonly limit?:
    | {
        readonly attempt?:
          { readonly count?: number | undefined; readonly duration?: DurationValue | undefined } | undefined;
        readonly duration?: DurationValue | undefined;
      }
    | undefined;
  readonly jitter?: { readonly from: DurationValue; readonly to: DurationValue } | undefined;
}
export interface CatchClause {
  readonly errors?: { readonly with?: JsonObject | undefined } | undefined;
  readonly as?: string | undefined;
  readonly when?: string | undefined;
  readonly exceptWhen?: string | undefined;
  readonly retry?: string | RetryPolicy | undefined;
  readonly do?: TaskList | undefined;
  readonly then?: string | undefined;
}
export interface TryTask extends TaskBase {
  readonly try: TaskList;
  readonly catch: CatchClause;
}
export interface WaitTask extends TaskBase {
  readonly wait: DurationValue;
}

export type Task =
  | CallTask
  | DoTask
  | EmitTask
  | ForTask
  | ForkTask
  | ListenTask
  | RaiseTask
  | RunTask
  | SetTask
  | SwitchTask
  | TryTask
  | WaitTask;

export type TaskKind =
  'call' | 'do' | 'emit' | 'for' | 'fork' | 'listen' | 'raise' | 'run' | 'set' | 'switch' | 'try' | 'wait';
