import type { CaseId, RunId, WorkspaceId } from './ids.js';
import type { Json, JsonObject } from './json.js';
import type { RunError, RunEventBody, RunOrigin } from './run-event.js';
import type { CallTask } from './workflow.js';
import type { AuthenticationPolicy } from './workflow-authentication.js';

/** A call as the engine asks for it: evaluated arguments, and a key that stays the same when it is repeated. */
export interface CallEffect {
  readonly kind: 'call';
  readonly key: string;
  readonly task: CallTask;
  /** `with`, evaluated, without what authenticates. */
  readonly args: Json;
  /** How the call proves who it is: evaluated, names and secrets resolved. Never journaled. */
  readonly authentication?: AuthenticationPolicy | undefined;
  /** The same for fetching the OpenAPI document of a call. */
  readonly documentAuthentication?: AuthenticationPolicy | undefined;
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
    /** Set in a run that runs another one again. */
    readonly origin?: RunOrigin | undefined;
    /** How many runs stand above it. */
    readonly depth?: number;
    /** Of the request that the run comes of. */
    readonly correlation?: string | undefined;
  };
  /**
   * Who a call is for the world, where that is not run and task alone: set in a repeated run, so that what an earlier
   * run asked for in the same words is recognised. The Idempotency-Key is made of `run`, the task's key and `mark`.
   */
  readonly identity?: { readonly run: string; readonly mark: string } | undefined;
  readonly metadata: Json;
  /** The workspace's instant. */
  readonly now: Date;
  /** The run was faulted and is being resumed. */
  readonly resumed?: boolean;
}

export type EffectOutcome =
  /** `events`, each with its payload, are journaled together with the task's completion. */
  | {
      readonly kind: 'output';
      readonly output: Json;
      readonly events?: readonly { readonly event: RunEventBody; readonly payload?: Json }[];
      /** `$authorization` for the task's `output` and `export`. Never journaled. */
      readonly authorization?: { readonly scheme: string; readonly parameter: string };
    }
  | { readonly kind: 'error'; readonly error: RunError }
  /** It ends later, by a signal. */
  | { readonly kind: 'waiting' };

/** A function of the default catalog: `call: <name>:1.0.0@default`. Idempotent by run and key. */
export type CatalogFunction = (
  args: JsonObject,
  call: { readonly effect: CallEffect; readonly origin: EffectOrigin },
) => Promise<EffectOutcome>;

/** Performs `call: http`, and `call: openapi` with a document that is no building block's. */
export type OutboundCalls = (effect: CallEffect, origin: EffectOrigin) => Promise<EffectOutcome>;

/** Told when an effect that waits is no longer wanted. */
export type WithdrawFunction = (key: string, origin: EffectOrigin) => Promise<void>;
