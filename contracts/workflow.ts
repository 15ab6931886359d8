import type { Json, JsonObject } from './json.js';

/**
 * Workflow documents of the Open Workflow Specification DSL 1.0.3, as this sandbox runs them.
 * `orchestrator/definition` parses and checks YAML into these types; the engine interprets them.
 */
export interface WorkflowDocument {
  readonly document: {
    readonly dsl: string;
    readonly namespace: string;
    readonly name: string;
    readonly version: string;
    readonly title?: string | undefined;
    readonly summary?: string | undefined;
    readonly metadata?: JsonObject | undefined;
  };
  readonly input?: DataFlow | undefined;
  readonly use?: Use | undefined;
  readonly do: TaskList;
  readonly timeout?: Timeout | undefined;
  readonly output?: DataFlow | undefined;
}

export interface Use {
  readonly errors?: Readonly<Record<string, ErrorTemplate>> | undefined;
  readonly functions?: Readonly<Record<string, Task>> | undefined;
  readonly retries?: Readonly<Record<string, RetryPolicy>> | undefined;
  readonly timeouts?: Readonly<Record<string, { readonly after: DurationValue }>> | undefined;
}

/** `from`, `as` are runtime expressions or templates of them; `schema` is an inline JSON Schema. */
export interface DataFlow {
  readonly schema?: { readonly document?: JsonObject | undefined } | undefined;
  readonly from?: Json | undefined;
  readonly as?: Json | undefined;
}

/** The name of one of `use.timeouts`, or a duration. */
export type Timeout = string | { readonly after: DurationValue };

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
  readonly metadata?: JsonObject | undefined;
}

export interface CallTask extends TaskBase {
  /** `openapi`, `http`, a name in `use.functions`, or `name:version@catalog`. */
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
export interface EventFilter {
  readonly with?: JsonObject | undefined;
}
export interface ListenTask extends TaskBase {
  readonly listen: {
    readonly to:
      | { readonly one: EventFilter }
      | { readonly any: readonly EventFilter[] }
      | { readonly all: readonly EventFilter[] };
    readonly read?: 'data' | 'envelope' | 'raw' | undefined;
  };
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
      readonly version: string;
      readonly input?: Json | undefined;
    };
    readonly await?: boolean | undefined;
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

/** Names a definition: versions live side by side, running instances stay on theirs. */
export interface WorkflowReference {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}
