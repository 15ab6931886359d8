import type { JsonObject } from './json.js';
import type { AuthenticationPolicy } from './workflow-authentication.js';
import type {
  DataFlow,
  DurationValue,
  Endpoint,
  ErrorTemplate,
  EventConsumption,
  RetryPolicy,
  Task,
  TaskList,
  Timeout,
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
  /**
   * The shared parts that its tasks perform (`run` in the namespace `shared`), and those that these perform, by
   * `name:version`. Attached when a use case is loaded, so that content and version of the document cover them.
   */
  readonly parts?: Readonly<Record<string, WorkflowDocument>> | undefined;
  readonly evaluate?:
    { readonly language?: 'jq' | undefined; readonly mode?: 'strict' | 'loose' | undefined } | undefined;
}

/** The namespace of what several use cases share: performed within the calling run. */
export const SHARED = 'shared';

/** The name of a part among the `parts` of a document. */
export function partKey({ name, version }: Pick<WorkflowReference, 'name' | 'version'>): string {
  return `${name}:${version}`;
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

/** Names a definition: versions live side by side, running instances stay on theirs. */
export interface WorkflowReference {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}
