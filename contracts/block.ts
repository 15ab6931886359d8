import type { BlockState } from './block-state.js';
import type { Clock, WorkspaceClocks } from './clock.js';
import type { DocumentStore } from './documents.js';
import type { FaultRequest } from './faults.js';
import type { Ids, WorkspaceId } from './ids.js';
import type { Json, JsonObject } from './json.js';
import type { Logger } from './logger.js';
import type { SharedOrder } from './shared-order.js';

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
  'workflow',
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
  /** Which run and task it belongs to, where the mediator knows: for the journal of requests, never for behaviour. */
  readonly origin?: CallOrigin;
}

export interface BlockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, unless `content-type` says otherwise: then the text itself. */
  readonly body?: Json;
  /** The body is text to be taken as it stands, although `content-type` promises JSON: it is none. */
  readonly unparsed?: true;
  /** The body takes so many milliseconds to arrive, after headers that came at once. */
  readonly slowly?: number;
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
  /** By which rules it answers: what `X-Sandbox-Rule` may say. */
  readonly rules?: readonly BlockRule[];
  /** What it keeps, past its operations. */
  readonly state: BlockState;
  handle(workspace: WorkspaceId, request: BlockRequest): Promise<BlockResponse>;
  runJob(workspace: WorkspaceId, job: BlockJob): Promise<void>;
  /** Empties the block's state in this workspace and seeds it anew. */
  reset(workspace: WorkspaceId, seeds: BlockSeeds): Promise<void>;
  /**
   * Finishes what is half done in the workspace and forgets what it holds of it in memory: its documents are about to be
   * stored, replaced or removed. Nobody calls the block meanwhile.
   */
  rest(workspace: WorkspaceId): Promise<void>;
}

/** One way to answer. Rules of one name may differ by operation. */
export interface BlockRule {
  readonly rule: string;
  /** Where on a request's way through the block it answers: see `stages` of the kit. */
  readonly stage: string;
  readonly status: number;
  readonly when: string;
  /** By operationId; empty for what answers before an operation is found. */
  readonly operations: readonly string[];
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
  /** Of the request that began it all: see contracts/correlation.ts. */
  readonly correlation?: string;
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
  /** Where other processes answer for the same blocks over the same documents; absent: nobody else does. */
  readonly order?: SharedOrder;
  /** Hears of each request and its answer. Absent: nobody keeps a journal of requests. */
  readonly requests?: RequestRecorder;
}

/** Faults that a trainer switches on (contracts/faults.ts). */
export interface Faults {
  /**
   * The faults that strike this request or callback, in the order in which they were switched on. Each is counted, so
   * ask once for each.
   */
  strike(workspace: WorkspaceId, target: FaultTarget): Promise<readonly Strike[]>;
}

export interface FaultTarget {
  readonly what: 'request' | 'callback';
  readonly block: BlockId;
  readonly operationId: string;
  /** Of a request: who calls, as `instance/class/member/application`. */
  readonly client?: string;
  /** True where only faults that name the operation count. */
  readonly named?: boolean;
}

export type Fault = FaultRequest & {
  readonly id: string;
  readonly block: BlockId;
};

/** How often a fault might have struck by now, and how often it did. */
export interface FaultCount {
  readonly seen: number;
  readonly hits: number;
}

/** A fault that strikes now, with whatever it draws by lot: reproducible when the fault has a seed. */
export interface Strike {
  readonly fault: Fault;
  /** From 0 up to 1, another one each time. */
  readonly draw: () => number;
}

/** The connection failed, was dropped, or timed out: the caller does not know whether the effect happened. */
export class ConnectionLostError extends Error {
  constructor(
    message: string,
    /** True when the request certainly never reached the block. */
    readonly beforeEffect: boolean,
    /** What had begun to arrive, where a transport is to show how it breaks off. */
    readonly partial?: BlockResponse,
  ) {
    super(message);
    this.name = 'ConnectionLostError';
  }
}

/** What a block, or whoever delivers to a real system, is handed. Costs the request next to nothing. */
export interface RequestRecorder {
  record(workspace: WorkspaceId, seen: SeenRequest): void;
}

/** A request and what became of it, as they were: nothing is copied until it is written down. */
export interface SeenRequest {
  readonly block: BlockId;
  readonly operationId?: string;
  /** The path as the document spells it. */
  readonly template?: string;
  readonly request: BlockRequest;
  /** Absent when the connection was lost. */
  readonly response?: BlockResponse;
  /** Why there is no answer. */
  readonly lost?: string;
  /** `mock`, or the base URL of the real system that answered. */
  readonly answeredBy: string;
  readonly faults: readonly Fault[];
  readonly startedAt: Date;
  readonly milliseconds: number;
}
