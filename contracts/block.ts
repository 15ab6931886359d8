import type { Clock, WorkspaceClocks } from './clock.js';
import type { DocumentStore } from './documents.js';
import type { Ids, WorkspaceId } from './ids.js';
import type { Json, JsonObject } from './json.js';
import type { Logger } from './logger.js';

/** Building blocks by GovStack's names, and `financial-institution`: the banks and the mobile operator that the mediator also connects. */
export const blockIds = [
  'identity',
  'consent',
  'information-mediator',
  'digital-registries',
  'registration',
  'payments',
  'messaging',
  'scheduler',
  'financial-institution',
] as const;
export type BlockId = (typeof blockIds)[number];

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

/** A request as a block sees it, below its root path; header names are lower case. Transport-neutral: HTTP and in-process calls are the same thing. */
export interface BlockRequest {
  readonly method: Method;
  /** Starts with `/`, percent-encoded as received, without query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; a string for other media types; absent when there was no body. */
  readonly body?: Json;
}

export interface BlockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, unless `content-type` says otherwise: then the text itself. */
  readonly body?: Json;
}

/** Something a block must do later, by itself: deliver a callback, settle a batch, ring an alert. At least once: handlers are idempotent. */
export interface BlockJob {
  /** Unique per workspace and block; scheduling the same id again replaces it. */
  readonly id: string;
  readonly name: string;
  readonly data: JsonObject;
}

export type BlockJobTime =
  /** After this much real time (a system that takes a moment). */
  | { readonly kind: 'after'; readonly milliseconds: number }
  /** At this instant of the workspace clock (a date that people can jump to). */
  | { readonly kind: 'at'; readonly instant: string };

export interface BlockJobs {
  schedule(workspace: WorkspaceId, block: BlockId, job: BlockJob, time: BlockJobTime): Promise<void>;
  cancel(workspace: WorkspaceId, block: BlockId, jobId: string): Promise<void>;
}

/** A building block that runs inside the sandbox. */
export interface Block {
  readonly id: BlockId;
  readonly title: string;
  /** OpenAPI 3.1 document in our own words; the router, the validation and Swagger UI all come from it. */
  readonly openapi: JsonObject;
  handle(workspace: WorkspaceId, request: BlockRequest): Promise<BlockResponse>;
  runJob(workspace: WorkspaceId, job: BlockJob): Promise<void>;
  /** Empties the block's state in this workspace and seeds it anew. */
  reset(workspace: WorkspaceId, seeds: BlockSeeds): Promise<void>;
  readonly state: BlockState;
}

/** A block's state as people see it: named collections of JSON documents. Ids carry no workspace here. */
export interface BlockState {
  /** In the order in which the block declares them. */
  collections(workspace: WorkspaceId): Promise<readonly StateCollection[]>;
  /** In the order of ids. GSB-REQ-002 for an unknown collection, GSB-AUT-002 for one that nobody may see: so below. */
  list(
    workspace: WorkspaceId,
    collection: string,
    query: {
      /** Only ids behind this one: the page cursor. */
      readonly after?: string | undefined;
      readonly limit: number;
      /** Only documents that contain this text somewhere, whatever the case. */
      readonly text?: string | undefined;
    },
  ): Promise<{ readonly documents: readonly StateDocument[]; readonly next?: string }>;
  get(workspace: WorkspaceId, collection: string, id: string): Promise<StateDocument>;
  /**
   * Creates the document (`version` undefined), or replaces that version of it. The block checks it first: GSB-REQ-001
   * naming the fields. GSB-REQ-003 when it has another version, or is there already.
   */
  put(
    workspace: WorkspaceId,
    collection: string,
    id: string,
    document: JsonObject,
    version: number | undefined,
  ): Promise<StateDocument & { readonly created: boolean }>;
  remove(workspace: WorkspaceId, collection: string, id: string, version: number | undefined): Promise<void>;
  export(workspace: WorkspaceId): Promise<StateDump>;
  /** Replaces the collections that the dump names, all or none of them by its checks; returns how many documents each has. */
  import(workspace: WorkspaceId, dump: StateDump): Promise<Readonly<Record<string, number>>>;
}

export interface StateCollection {
  readonly name: string;
  readonly title: string;
  readonly documents: number;
  /** Keys and the like: nobody sees what is in it. */
  readonly secret: boolean;
}

export interface StateDocument {
  readonly id: string;
  /** What fences the next write. */
  readonly version: number;
  readonly document: JsonObject;
}

export interface StateDump {
  readonly block: string;
  readonly collections: Readonly<Record<string, readonly JsonObject[]>>;
}

/** What the use cases bring to a block's state, by collection name: `records`, `dataAgreements`, `services`, `accounts` ... The block parses it. */
export type BlockSeeds = Readonly<Record<string, readonly JsonObject[]>>;

/** A call from one member of the mediator to a service of another; never directly to a block. */
export interface ServiceCall {
  /** `instance/class/member/application` of the caller. */
  readonly client: string;
  /** `instance/class/member/application/service` of the provider. */
  readonly service: string;
  readonly request: BlockRequest;
  /** Which run and task this call belongs to, for the message log. */
  readonly origin?: CallOrigin;
}

export interface CallOrigin {
  readonly runId: string;
  readonly caseId: string;
  /** The task instance: pointer with visits and iterations. */
  readonly taskKey: string;
  readonly step?: string;
}

export interface ServiceCaller {
  call(workspace: WorkspaceId, call: ServiceCall): Promise<BlockResponse>;
}

/** Delivers a callback as a real system does: signed, durable, retried with backoff, logged. Returns once it is stored for delivery. */
export interface CallbackSender {
  send(workspace: WorkspaceId, callback: Callback): Promise<void>;
}

export interface Callback {
  /** Deterministic: the same id is delivered once (unless a fault says otherwise). */
  readonly id: string;
  readonly block: BlockId;
  readonly operationId: string;
  readonly url: string;
  readonly method?: Method;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** Says whether a statement was really made by the platform about a person's own session (see contracts/attestation.ts). */
export interface AttestationVerifier {
  verify(jws: string): Promise<Attestation | undefined>;
}

/** What the platform attests when a person completes a task: who acted, as what, for whom, with which evidence. */
export interface Attestation {
  readonly workspace: WorkspaceId;
  readonly taskId: string;
  readonly subject: string;
  readonly roles: readonly string[];
  /** The person the act is about; equals the actor's own person for `self`. */
  readonly person?: string;
  readonly capacity: 'self' | 'assisted';
  /** Assisted: what the officer saw (a scan's reference, a witness). Never empty then. */
  readonly evidence?: string;
  /** What the task asked: the data agreement, and the answer given. An attestation proves nothing else. */
  readonly agreement?: string;
  readonly decision?: string;
  readonly at: string;
}

/** What every block is made with. */
export interface BlockDeps {
  readonly documents: DocumentStore;
  readonly clocks: WorkspaceClocks;
  /** The machine's clock: real durations, never business dates. */
  readonly realClock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly jobs: BlockJobs;
  readonly callbacks: CallbackSender;
  readonly services: ServiceCaller;
  readonly attestations: AttestationVerifier;
  readonly faults: Faults;
}

/** Faults that a trainer switches on. Looked up for each request before and after the operation. */
export interface Faults {
  active(workspace: WorkspaceId, block: BlockId, operationId: string): Promise<readonly Fault[]>;
  /** Counts one use of a fault that has `times`. */
  used(workspace: WorkspaceId, faultId: string): Promise<void>;
}

export type FaultKind =
  /** Answers 503 (or `status`) without any effect. */
  | 'error'
  /** Nobody answers: the connection fails. */
  | 'outage'
  /** Answers late by `milliseconds`. */
  | 'latency'
  /** The effect happens, then the connection drops: the caller cannot know. */
  | 'timeout-after-effect'
  /** The block forgets what it did under an Idempotency-Key: a sloppy real system. */
  | 'ignore-idempotency-key';

export interface Fault {
  readonly id: string;
  readonly block: BlockId;
  /** All operations when absent. */
  readonly operationId?: string;
  readonly kind: FaultKind;
  readonly status?: number;
  readonly milliseconds?: number;
  /** How many more requests it hits; without limit when absent. */
  readonly times?: number;
  /** Instant of real time after which it no longer applies. */
  readonly expiresAt?: string;
}

/** The connection failed, was dropped, or timed out: the caller does not know whether the effect happened. */
export class ConnectionLostError extends Error {
  constructor(
    message: string,
    /** True when the request certainly never reached the block. */
    readonly beforeEffect: boolean,
  ) {
    super(message);
    this.name = 'ConnectionLostError';
  }
}
