import type { z } from 'zod';
import type {
  BlockDeps,
  BlockId,
  BlockJob,
  BlockJobTime,
  BlockSeeds,
  Callback,
  Method,
} from '../../contracts/block.js';
import type { Document } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import type { ProblemCode } from '../../contracts/problems.js';
import type { RuleCatalogue } from './rules.js';
import type { StateScope } from './state.js';

/**
 * What a block declares about itself. Everything else (matching, validation, idempotency, faults, commit,
 * callbacks) is done for it by `createContractBlock`.
 */
export interface BlockDefinition<S> {
  readonly id: BlockId;
  readonly title: string;
  /** OpenAPI 3.1 document; router, validation and Swagger UI come from it. */
  readonly openapi: JsonObject;
  /** The block's typed collections; called once per workspace. */
  readonly state: (scope: StateScope) => S;
  /** By operationId. */
  readonly operations: Readonly<Record<string, Operation<S>>>;
  /**
   * Reads that an operation is going to need, by operationId, done before it holds the block's lock, beside those of
   * other requests. What they bring or raise counts for nothing: the store has it at hand when the operation asks.
   */
  readonly foresight?: Readonly<Record<string, (context: OperationContext<S>) => Promise<unknown>>>;
  /** By which rules the operations answer; tests find those that are not declared, and those that never answer. */
  readonly rules?: RuleCatalogue;
  /** By the job's name. A job holds the block's lock while it runs, like an operation that writes. */
  readonly jobs?: Readonly<Record<string, JobHandler<S>>>;
  /** Names of long jobs that run beside operations: they write their own documents only, or use `exclusively`. */
  readonly concurrentJobs?: readonly string[];
  /** How documents of a collection look, without `_id`, for those who edit or import them. */
  readonly schemas?: Readonly<Record<string, z.ZodType>>;
  /**
   * Documents that operations keep in step with others, such as an index: what they must be after somebody edited or
   * imported documents by hand. Written right after the edit, under the same lock.
   */
  readonly derive?: (context: DeriveContext<S>) => Promise<readonly Effect[]>;
  /** Collections that only follow from others, and from which: nobody edits them by hand. */
  readonly derivedCollections?: Readonly<Record<string, string>>;
  /** Collections that are neither shown nor exported, such as private keys. */
  readonly secretCollections?: readonly string[];
  /** Fills the emptied state of a workspace. */
  readonly seed: (context: SeedContext<S>, seeds: BlockSeeds) => Promise<void>;
  /** Body in the shape that the official document declares for refusals; problem+json by default. */
  readonly refusal?: (refusal: Refusal) => OperationAnswer;
}

export type Operation<S> = (context: OperationContext<S>) => Promise<OperationAnswer>;

export interface OperationContext<S> {
  readonly workspace: WorkspaceId;
  readonly state: S;
  readonly deps: BlockDeps;
  readonly operationId: string;
  /** Decoded path parameters. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Valid against the contract already. */
  readonly body: Json | undefined;
  /** The mediator's client header, under whichever of its three names it came. */
  readonly client: string | undefined;
  /** Instant of the workspace clock. */
  readonly now: Date;
  /** The Idempotency-Key, or a fresh identifier: base deterministic identifiers on it. */
  readonly key: string;
}

export interface OperationAnswer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  /** Which rule answered, such as `created` or `magic:unknown-account`; sent as `X-Sandbox-Rule`. */
  readonly rule: string;
  /** Writes; the kit commits them together with the answer. Operations write in no other way. */
  readonly effects?: readonly Effect[];
  /**
   * Documents of their own that nothing else depends on, such as who read what: written before the answer is sent, while
   * other requests go on, and not done again with it.
   */
  readonly traces?: readonly PutEffect[];
  /** Sent after the commit. */
  readonly callbacks?: readonly Callback[];
  /** Scheduled after the commit. */
  readonly jobs?: readonly ScheduledJob[];
}

export interface PutEffect {
  readonly kind: 'put';
  readonly collection: string;
  readonly doc: Document;
}

export type Effect =
  PutEffect | { readonly kind: 'delete'; readonly collection: string; readonly id: string };

export interface ScheduledJob {
  readonly job: BlockJob;
  readonly time: BlockJobTime;
}

export interface JobOutcome {
  readonly effects?: readonly Effect[];
  readonly callbacks?: readonly Callback[];
  readonly jobs?: readonly ScheduledJob[];
}

// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a job that changes nothing may simply end
export type JobHandler<S> = (context: JobContext<S>) => Promise<JobOutcome | void>;

export interface JobContext<S> {
  readonly workspace: WorkspaceId;
  readonly state: S;
  readonly deps: BlockDeps;
  readonly job: BlockJob;
  readonly data: JsonObject;
  readonly now: Date;
  /** For concurrent jobs: runs while no operation of this block writes. Never nest it, nor call a block that calls back. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
}

export interface SeedContext<S> {
  readonly workspace: WorkspaceId;
  readonly state: S;
  readonly deps: BlockDeps;
  readonly now: Date;
}

export interface DeriveContext<S> {
  readonly state: S;
  /** Instant of the workspace clock. */
  readonly now: Date;
  readonly edits: readonly Edit[];
}

/** One document that was written or removed by hand. */
export interface Edit {
  readonly collection: string;
  /** As it stood before, where it was one edit; an import does not say. */
  readonly before?: Document;
  /** Absent when it was removed. */
  readonly after?: Document;
}

/** A refusal by the kit itself: an invalid request, no such operation, a fault, or a `SandboxError` thrown by an operation. */
export interface Refusal {
  readonly status: number;
  readonly code: ProblemCode;
  readonly title: string;
  readonly detail: string;
  readonly fix: string;
  readonly rule: string;
  /** The fields at fault: JSON pointers such as `/body/RequestID`, with why. */
  readonly errors: readonly { readonly pointer: string; readonly message: string }[];
  readonly operationId?: string;
  readonly method: Method;
  readonly path: string;
  /** As received: not valid, perhaps not even JSON. */
  readonly body?: Json;
}
