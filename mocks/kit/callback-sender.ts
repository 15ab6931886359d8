import type { BlockId, CallbackSender, Faults, Method } from '../../contracts/block.js';
import {
  CALLBACK_SIGNATURE_HEADER,
  type CallbackAttempt,
  type CallbackState,
} from '../../contracts/callbacks.js';
import type { Clock } from '../../contracts/clock.js';
import { changeDocument, type DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Logger } from '../../contracts/logger.js';
import { isStoreUnavailable } from '../../contracts/store-unavailable.js';
import { newCallbackRecord, type CallbackRecord } from './callback-record.js';
import { signCallback } from './callback-signature.js';

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
  /** Signed with each of them. */
  readonly secretsOf: (workspace: WorkspaceId) => Promise<readonly string[]>;
  /** What strikes callbacks. */
  readonly faults: Faults;
  readonly realClock: Clock;
  readonly logger: Logger;
  /** Pauses before the second, third ... attempt, in milliseconds; after the last pause it is given up. */
  readonly pauses?: readonly number[];
  /** Said with a callback beside what the block says, such as what it belongs to. */
  readonly headers?: () => Readonly<Record<string, string>>;
}

export interface DurableCallbackSender extends CallbackSender {
  /** One attempt, when it is still to be delivered and due; schedules the next one itself. Call it as often as you like. */
  deliver(workspace: WorkspaceId, callbackId: string): Promise<void>;
  /**
   * What a crash between storing and scheduling left behind: makes an attempt for everything that is due, and asks
   * again for what comes due later. Returns how many were due.
   */
  runDue(): Promise<number>;
  /** Newest first. */
  list(workspace: WorkspaceId, query?: CallbackQuery): Promise<CallbackPage>;
  get(workspace: WorkspaceId, callbackId: string): Promise<CallbackRecord | undefined>;
  /** Delivers it once more, whatever became of it: the same id, the same body. Undefined when there is none. */
  replay(workspace: WorkspaceId, callbackId: string): Promise<CallbackRecord | undefined>;
  clear(workspace: WorkspaceId): Promise<void>;
}

export interface CallbackQuery {
  readonly block?: BlockId | undefined;
  readonly state?: CallbackState | undefined;
  /** Only what was sent before this callback. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface CallbackPage {
  readonly records: readonly CallbackRecord[];
  /** Goes on behind this page, as `after`. */
  readonly next?: string;
}

const SECOND = 1000;
/** Pauses after the first, second ... attempt: given up after ten attempts in 82 minutes, if each takes no time. */
const CALLBACK_PAUSES_MS = [1, 2, 5, 10, 30, 60, 300, 900, 3600].map((seconds) => seconds * SECOND);
const GONE = 410;

export function createCallbackSender(deps: CallbackSenderDeps): DurableCallbackSender {
  const { documents, schedule, secretsOf, realClock, logger, pauses = CALLBACK_PAUSES_MS } = deps;
  const store = documents.collection<CallbackRecord>('callbacks', ['state', 'block', 'sentAt']);
  const inFlight = new Set<string>();

  async function attempt(record: CallbackRecord): Promise<CallbackAttempt> {
    const at = realClock.now();
    const body = JSON.stringify(record.body);
    const headers = {
      ...record.headers,
      'content-type': 'application/json',
      'idempotency-key': record.callbackId,
      'x-sandbox-callback-id': record.callbackId,
      [CALLBACK_SIGNATURE_HEADER]: signCallback(await secretsOf(record.workspace), at, body),
    };
    try {
      const status = await deps.deliver(record.url, record.method, headers, body, record.workspace);
      return { at: at.toISOString(), status };
    } catch (error) {
      // Our own store, not the receiver: no attempt was made, and the job is tried again.
      if (isStoreUnavailable(error)) throw error;
      return { at: at.toISOString(), failure: error instanceof Error ? error.message : String(error) };
    }
  }

  async function deliver(workspace: WorkspaceId, callbackId: string): Promise<void> {
    const id = `${workspace}/${callbackId}`;
    if (inFlight.has(id)) return;
    inFlight.add(id);
    let wait: number | undefined;
    try {
      const record = (await store.get(id))?.doc;
      if (record?.state !== 'waiting' || Date.parse(record.dueAt) > realClock.now().getTime()) return;
      wait = await conclude(id, record, await attempt(record));
    } finally {
      inFlight.delete(id);
    }
    // Only now: whoever comes before would be turned away.
    if (wait !== undefined) await schedule(workspace, callbackId, wait);
  }

  /** Writes down what became of an attempt; milliseconds until the next one, undefined when there is none. */
  async function conclude(
    id: string,
    record: CallbackRecord,
    made: CallbackAttempt,
  ): Promise<number | undefined> {
    const { callbackId, operationId, block, copies = 0 } = record;
    const pause = pauses[record.attempts.length - (record.round ?? 0)];
    const delivered = made.status !== undefined && made.status >= 200 && made.status < 300;
    const again = delivered && copies > 0;
    const over = !again && (delivered || made.status === GONE || pause === undefined);
    const wait = again ? 0 : (pause ?? 0);
    const dueAt = new Date(realClock.now().getTime() + wait).toISOString();
    const state: CallbackState = !over ? 'waiting' : delivered ? 'delivered' : 'given-up';
    const now = await changeDocument(store, id, (doc) => {
      const attempts = [...doc.attempts, made];
      // Somebody asked for another delivery meanwhile: that is still to be done.
      if (doc.replays !== record.replays) return { ...doc, attempts, round: attempts.length };
      return { ...doc, state, dueAt, attempts, ...(again && { copies: copies - 1, round: attempts.length }) };
    });
    const fields = { callbackId, block, operationId, attempt: record.attempts.length + 1, ...made };
    if (delivered) logger.debug(fields, 'callback delivered');
    else logger.warn(fields, over ? 'callback given up' : 'callback not delivered, it will be tried again');
    if (now !== undefined && now.replays !== record.replays) return 0;
    return over ? undefined : wait;
  }

  return {
    async send(workspace, callback) {
      // Faults count what is sent, so the same callback must not come to them twice.
      if ((await store.get(`${workspace}/${callback.id}`)) !== undefined) return;
      const { block, operationId } = callback;
      const strikes = await deps.faults.strike(workspace, { what: 'callback', block, operationId });
      const now = realClock.now();
      const said = { ...callback, headers: { ...deps.headers?.(), ...callback.headers } };
      const record = newCallbackRecord(workspace, said, strikes, now);
      const added = await store.insert(record);
      if (added && record.state === 'waiting')
        await schedule(workspace, callback.id, Date.parse(record.dueAt) - now.getTime());
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
    async list(workspace, { block, state, after, limit } = { limit: 1000 }) {
      const behind = after === undefined ? undefined : await store.get(`${workspace}/${after}`);
      const found = await store.find({
        idPrefix: `${workspace}/`,
        filter: { ...(block && { block }), ...(state && { state }) },
        orderBy: 'sentAt',
        order: 'descending',
        ...(behind && { behind: { text: behind.doc.sentAt, id: behind.doc._id } }),
        limit: limit + 1,
      });
      const records = found.slice(0, limit).map(({ doc }) => doc);
      const last = records.at(-1);
      return { records, ...(found.length > limit && last && { next: last.callbackId }) };
    },
    async get(workspace, callbackId) {
      return (await store.get(`${workspace}/${callbackId}`))?.doc;
    },
    async replay(workspace, callbackId) {
      const record = await changeDocument(store, `${workspace}/${callbackId}`, (doc) => ({
        ...doc,
        state: 'waiting' as const,
        dueAt: realClock.now().toISOString(),
        round: doc.attempts.length,
        replays: (doc.replays ?? 0) + 1,
        copies: 0,
      }));
      if (record !== undefined) await schedule(workspace, callbackId, 0);
      return record;
    },
    async clear(workspace) {
      await store.deleteByPrefix(`${workspace}/`);
    },
  };
}
