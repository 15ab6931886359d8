import type { BlockId, Callback, Method, Strike } from '../../contracts/block.js';
import type { CallbackAttempt, CallbackState } from '../../contracts/callbacks.js';
import type { Document } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Json } from '../../contracts/json.js';

export interface CallbackRecord extends Document {
  readonly workspace: WorkspaceId;
  readonly callbackId: string;
  readonly block: BlockId;
  readonly operationId: string;
  readonly url: string;
  readonly method: Method;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  readonly state: CallbackState;
  readonly sentAt: string;
  readonly attempts: readonly CallbackAttempt[];
  readonly dueAt: string;
  /** How many attempts there had been when it was sent, replayed or copied last: pauses are counted from there. */
  readonly round?: number;
  /** How many more times it is delivered after it was. */
  readonly copies?: number;
  readonly replays?: number;
}

const HELD_BACK_MS = 2_000;

/** A callback as it is stored first, with whatever its faults do to it. */
export function newCallbackRecord(
  workspace: WorkspaceId,
  callback: Callback,
  strikes: readonly Strike[],
  now: Date,
): CallbackRecord {
  const at = now.toISOString();
  const record: CallbackRecord = {
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
    sentAt: at,
    attempts: [],
    dueAt: at,
  };
  return strikes.reduce((struck, strike) => withFault(struck, strike, now), record);
}

function withFault(record: CallbackRecord, { fault }: Strike, now: Date): CallbackRecord {
  switch (fault.kind) {
    case 'lost-callbacks': {
      const failure = `lost on the way (fault ${fault.id})`;
      return { ...record, state: 'lost', attempts: [{ at: now.toISOString(), failure }] };
    }
    case 'out-of-order-callbacks': {
      const held = new Date(now.getTime() + (fault.milliseconds ?? HELD_BACK_MS));
      return { ...record, dueAt: held.toISOString() };
    }
    case 'duplicate-callbacks':
      return { ...record, copies: (record.copies ?? 0) + (fault.copies ?? 1) };
    case 'error':
    case 'outage':
    case 'latency':
    case 'timeout-after-effect':
    case 'malformed-answer':
    case 'dropped-connection':
    case 'slow-body':
    case 'ignore-idempotency-key':
      return record;
  }
}
