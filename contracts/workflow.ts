import type { Json, JsonObject } from './json.js';
import type { AuthenticationPolicy } from './workflow-authentication.js';
import type {
  DurationValue,
  ErrorTemplate,
  EventConsumption,
  RetryPolicy,
  Task,
  TaskList,
} from './workflow-tasks.js';

export type * from './workflow-tasks.js';

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
    readonly tags?: JsonObject | undefined;
    readonly metadata?: JsonObject | undefined;
  };
  readonly input?: DataFlow | undefined;
  readonly use?: Use | undefined;
  readonly do: TaskList;
  readonly timeout?: Timeout | undefined;
  readonly output?: DataFlow | undefined;
  readonly schedule?: Schedule | undefined;
  readonly evaluate?:
    { readonly language?: 'jq' | undefined; readonly mode?: 'strict' | 'loose' | undefined } | undefined;
}

/** What a document's tasks refer to by name. */
export interface Use {
  readonly authentications?: Readonly<Record<string, AuthenticationPolicy>> | undefined;
  readonly catalogs?: Readonly<Record<string, { readonly endpoint: Endpoint }>> | undefined;
  readonly errors?: Readonly<Record<string, ErrorTemplate>> | undefined;
  /** Each entry has exactly one key, the extension's name. */
  readonly extensions?: readonly Readonly<Record<string, Extension>>[] | undefined;
  readonly functions?: Readonly<Record<string, Task>> | undefined;
  readonly retries?: Readonly<Record<string, RetryPolicy>> | undefined;
  readonly secrets?: readonly string[] | undefined;
  readonly timeouts?: Readonly<Record<string, { readonly after: DurationValue }>> | undefined;
}

/** Tasks that run before and after those of a kind; `then: exit` in `before` skips the extended task. */
export interface Extension {
  readonly extend:
    | 'call'
    | 'composite'
    | 'emit'
    | 'for'
    | 'listen'
    | 'raise'
    | 'run'
    | 'set'
    | 'switch'
    | 'try'
    | 'wait'
    | 'all';
  readonly when?: string | undefined;
  readonly before?: TaskList | undefined;
  readonly after?: TaskList | undefined;
}

/** When a workflow starts by itself, on the workspace clock; `on` hands it the array of consumed events. */
export interface Schedule {
  readonly every?: DurationValue | undefined;
  readonly cron?: string | undefined;
  readonly after?: DurationValue | undefined;
  readonly on?: EventConsumption | undefined;
  readonly read?: 'data' | 'envelope' | 'raw' | undefined;
}

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

/** Names a definition: versions live side by side, running instances stay on theirs. */
export interface WorkflowReference {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}
