import type { BlockId, CallOrigin, Fault, Method, RequestRecorder } from './block.js';
import type { WorkspaceId } from './ids.js';
import type { Json } from './json.js';

/**
 * The journal of requests: what reached a building block and what it answered, through the mediator or past it. For
 * developers who ask "what did I send, and why this answer?". It proves nothing: that is the message log's part.
 */
export interface RequestJournal extends RequestRecorder {
  /** Newest first; `next` continues with what is older. Waits for what was recorded before. */
  list(workspace: WorkspaceId, query: JournalQuery): Promise<JournalPage>;
  get(
    workspace: WorkspaceId,
    block: BlockId,
    entry: number,
    full: boolean,
  ): Promise<JournalEntry | undefined>;
  /** Every entry of a block after the one with this number (from now on, when absent), in order and masked, until closed. */
  follow(
    workspace: WorkspaceId,
    block: BlockId,
    after: number | undefined,
    listener: (entry: JournalEntry) => void,
  ): Promise<{ close(): void }>;
  /** Forgets the entries of one block, or of all. */
  clear(workspace: WorkspaceId, block?: BlockId): Promise<void>;
  /** Writes what was recorded and not yet written. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface JournalEntry {
  /** Grows by one within a workspace; its name in addresses, and the cursor of pages and streams. */
  readonly entry: number;
  /** Real time of the request. */
  readonly at: string;
  /** The same by the clock of the workspace. */
  readonly time: string;
  readonly block: BlockId;
  /** Absent when the request matched no operation. */
  readonly operationId?: string;
  readonly method: Method;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** 0 when no answer came. */
  readonly status: number;
  /** What `X-Sandbox-Rule` said; absent for real systems. */
  readonly rule?: string;
  readonly milliseconds: number;
  /** Ids and kinds of the faults that were on for this operation. */
  readonly faults?: readonly { readonly id: string; readonly kind: Fault['kind'] }[];
  readonly client?: string;
  readonly origin?: CallOrigin;
  /** What the request said in `X-Correlation-ID`. */
  readonly correlation?: string;
  readonly answeredBy: string;
  readonly lost?: string;
  readonly request: JournaledMessage;
  readonly response?: JournaledMessage;
}

export interface JournaledMessage {
  /** Without credentials: `[redacted]` stands in their place. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** True when the body was too large to be kept whole: `…` stands for what is missing. */
  readonly cut?: true;
}

/** An entry without headers and bodies. */
export type JournalSummary = Omit<JournalEntry, 'request' | 'response'>;

export interface JournalQuery {
  readonly block: BlockId;
  readonly operation?: string | undefined;
  /** A status such as `404`, or a class such as `4xx`; `0` is: no answer. */
  readonly status?: string | undefined;
  /** The whole rule, or its beginning up to a colon: `fault` finds `fault:error`. */
  readonly rule?: string | undefined;
  /** Found in path, query, bodies, rule, client or run, whatever the case of letters; as they are shown. */
  readonly text?: string | undefined;
  /** Only entries at or after this instant of real time. */
  readonly since?: string | undefined;
  /** Only entries older than this one. */
  readonly after?: number | undefined;
  readonly limit: number;
  /** Personal fields as they were; masked otherwise. */
  readonly full: boolean;
}

export interface JournalPage {
  readonly entries: readonly JournalEntry[];
  readonly next?: number;
}
