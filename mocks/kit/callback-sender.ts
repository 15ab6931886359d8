import { createHmac } from 'node:crypto';
import type { BlockId, Callback, CallbackSender, Method } from '../../contracts/block.js';
import type { Clock } from '../../contracts/clock.js';
import { changeDocument, type Document, type DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Json } from '../../contracts/json.js';
import type { Logger } from '../../contracts/logger.js';

/**
 * Callbacks as a real system sends them: stored first, then delivered with a signature, again and again with growing
 * pauses until somebody answers 2xx or 410 says that nobody will.
 */
export interface CallbackSenderDeps {
  readonly documents: DocumentStore;
  /** Asks that `deliver(workspace, callbackId)` be called after a while; lost requests are found by `runDue`. */
  readonly schedule: (workspace: WorkspaceId, callbackId: string, milliseconds: number) => Promise<void>;
  /** One HTTP request; resolves to the status, rejects when the connection fails. */
  readonly deliver: (
    url: string,
    method: Method,
    headers: Readonly<Record<string, string>>,
    body: string,
    workspace: WorkspaceId,
  ) => Promise<number>;
  readonly secretOf: (workspace: WorkspaceId) => string | Promise<string>;
  readonly realClock: Clock;
  readonly logger: Logger;
  /** Pauses before the second, third ... attempt, in milliseconds; after the last pause it is given up. */
  readonly pauses?: readonly number[];
}

export interface DurableCallbackSender extends CallbackSender {
  /** One attempt, when it is still to be delivered and due; schedules the next one itself. Call it as often as you like. */
  deliver(workspace: WorkspaceId, callbackId: string): Promise<void>;
  /**
   * What a crash between storing and scheduling left behind: makes an attempt for everything that is due, and asks
   * again for what comes due later. Returns how many were due.
   */
  runDue(): Promise<number>;
  list(workspace: WorkspaceId): Promise<readonly CallbackRecord[]>;
  clear(workspace: WorkspaceId): Promise<void>;
}

export interface CallbackRecord extends Document {
  readonly workspace: WorkspaceId;
  readonly callbackId: string;
  readonly block: BlockId;
  readonly operationId: string;
  readonly url: string;
  readonly method: Method;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  readonly state: 'waiting' | 'delivered' | 'given-up';
  readonly attempts: readonly CallbackAttempt[];
  readonly dueAt: string;
}

export interface CallbackAttempt {
  readonly at: string;
  /** Absent when the connection failed. */
  readonly status?: number;
  readonly failure?: string;
}

const SECOND = 1000;
const DEFAULT_PAUSES = [1, 2, 5, 10, 30, 60, 300, 900, 3600].map((seconds) => seconds * SECOND);
const GONE = 410;

/** Header value `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`: the receiver can check origin and age. */
function signCallback(secret: string, at: Date, body: string): string {
  const t = Math.floor(at.getTime() / SECOND);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

export function createCallbackSender(deps: CallbackSenderDeps): DurableCallbackSender {
  const { documents, schedule, secretOf, realClock, logger, pauses = DEFAULT_PAUSES } = deps;
  const store = documents.collection<CallbackRecord>('callbacks', ['state']);
  const inFlight = new Set<string>();

  async function attempt(record: CallbackRecord): Promise<CallbackAttempt> {
    const at = realClock.now();
    const body = JSON.stringify(record.body);
    const headers = {
      ...record.headers,
      'content-type': 'application/json',
      'idempotency-key': record.callbackId,
      'x-sandbox-callback-id': record.callbackId,
      'x-sandbox-signature': signCallback(await secretOf(record.workspace), at, body),
    };
    try {
      const status = await deps.deliver(record.url, record.method, headers, body, record.workspace);
      return { at: at.toISOString(), status };
    } catch (error) {
      return { at: at.toISOString(), failure: error instanceof Error ? error.message : String(error) };
    }
  }

  async function deliver(workspace: WorkspaceId, callbackId: string): Promise<void> {
    const id = `${workspace}/${callbackId}`;
    if (inFlight.has(id)) return;
    inFlight.add(id);
    try {
      const record = (await store.get(id))?.doc;
      if (record?.state !== 'waiting' || Date.parse(record.dueAt) > realClock.now().getTime()) return;
      const made = await attempt(record);
      const { operationId, block } = record;
      const fields = { callbackId, block, operationId, attempt: record.attempts.length + 1, ...made };
      const pause = pauses[record.attempts.length];
      const delivered = made.status !== undefined && made.status >= 200 && made.status < 300;
      const over = delivered || made.status === GONE || pause === undefined;
      const dueAt = new Date(realClock.now().getTime() + (pause ?? 0)).toISOString();
      const state: CallbackRecord['state'] = delivered ? 'delivered' : over ? 'given-up' : 'waiting';
      await changeDocument(store, id, (doc) => ({ ...doc, state, dueAt, attempts: [...doc.attempts, made] }));
      if (delivered) logger.debug(fields, 'callback delivered');
      else logger.warn(fields, over ? 'callback given up' : 'callback not delivered, it will be tried again');
      if (!over) await schedule(workspace, callbackId, pause);
    } finally {
      inFlight.delete(id);
    }
  }

  return {
    async send(workspace, callback) {
      const added = await store.insert(newRecord(workspace, callback, realClock.now()));
      if (added) await schedule(workspace, callback.id, 0);
    },
    deliver,
    async runDue() {
      const waiting = await store.find({ filter: { state: 'waiting' } });
      const now = realClock.now().getTime();
      let due = 0;
      for (const { doc } of waiting) {
        const left = Date.parse(doc.dueAt) - now;
        if (left > 0) await schedule(doc.workspace, doc.callbackId, left);
        else {
          await deliver(doc.workspace, doc.callbackId);
          due += 1;
        }
      }
      return due;
    },
    async list(workspace) {
      return (await store.find({ idPrefix: `${workspace}/` })).map(({ doc }) => doc);
    },
    async clear(workspace) {
      await store.deleteByPrefix(`${workspace}/`);
    },
  };
}

function newRecord(workspace: WorkspaceId, callback: Callback, now: Date): CallbackRecord {
  return {
    _id: `${workspace}/${callback.id}`,
    workspace,
    callbackId: callback.id,
    block: callback.block,
    operationId: callback.operationId,
    url: callback.url,
    method: callback.method ?? 'POST',
    headers: callback.headers ?? {},
    body: callback.body,
    state: 'waiting',
    attempts: [],
    dueAt: now.toISOString(),
  };
}
