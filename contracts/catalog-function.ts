import type { CaseId, RunId, WorkspaceId } from './ids.js';
import type { Json, JsonObject } from './json.js';
import type { RunError, RunEventBody } from './run-event.js';
import type { CallTask } from './workflow.js';

/** A call as the engine asks for it: evaluated arguments, and a key that stays the same when it is repeated. */
export interface CallEffect {
  readonly kind: 'call';
  readonly key: string;
  readonly task: CallTask;
  /** `with`, evaluated. */
  readonly args: Json;
  /** The task's transformed input. */
  readonly input: Json;
  /** What the task's expressions see (`$context`, `$workflow` ...): an `unclear` question is evaluated with it. */
  readonly variables: Readonly<Record<string, Json>>;
  readonly step?: string | undefined;
  /** It was asked for before and may have happened. */
  readonly doubtful: boolean;
}

/** Which run asks, for whoever performs an effect. */
export interface EffectOrigin {
  readonly run: {
    readonly id: RunId;
    readonly workspace: WorkspaceId;
    readonly useCase: string;
    readonly caseId: CaseId;
  };
  readonly metadata: Json;
  /** The workspace's instant. */
  readonly now: Date;
}

export type EffectOutcome =
  /** `events` are journaled together with the task's completion. */
  | { readonly kind: 'output'; readonly output: Json; readonly events?: readonly RunEventBody[] }
  | { readonly kind: 'error'; readonly error: RunError }
  /** It ends later, by a signal. */
  | { readonly kind: 'waiting' };

/** A function of the default catalog: `call: <name>:1.0.0@default`. Idempotent by run and key. */
export type CatalogFunction = (
  args: JsonObject,
  call: { readonly effect: CallEffect; readonly origin: EffectOrigin },
) => Promise<EffectOutcome>;

/** Told when an effect that waits is no longer wanted. */
export type WithdrawFunction = (key: string, origin: EffectOrigin) => Promise<void>;
