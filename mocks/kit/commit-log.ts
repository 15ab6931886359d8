import { createHash } from 'node:crypto';
import type { BlockDeps, BlockId } from '../../contracts/block.js';
import type { Document } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import type { Effect, JobOutcome, OperationAnswer, PutEffect } from './block-definition.js';
import { assertStorable } from './storable-outcome.js';
import type { RecordingScope, ScopedCollection } from './state.js';

/**
 * Effects and answer of one request become durable together, although the stores write one document at a time:
 * a record that holds both is written first, then the effects. A record stays `open` until everything in it is
 * done; it is closed by the next record's write (one write instead of two) or by `seal`. After a crash, what is
 * open is done again, in order: effects are whole documents, callbacks and jobs carry deterministic ids.
 */
export interface CommitLog {
  /** Finishes what a crash left open. Cheap after the first call. */
  recover(): Promise<void>;
  /** Whether that was done once; forgetting does not change it. */
  isRecovered(): boolean;
  /** Another process may have written: what is open is looked for anew. */
  forget(): void;
  /** The stored answer of an operation under an Idempotency-Key. */
  recall(operationId: string, key: string): Promise<RecordedAnswer | undefined>;
  /**
   * Commits, or begins to: what is one document and nothing else is written while the next request is planned. The
   * lock may be given back then; the answer waits for `durable`.
   */
  commit(entry: CommitEntry): Promise<Committed>;
  /** Waits for what is being written and closes the last record, before anything else writes to the block's documents. */
  seal(): Promise<void>;
  /** Forgets everything: the workspace is being reset. */
  clear(): Promise<void>;
}

export interface Committed {
  /** Rejects when it could not be written. */
  readonly durable: Promise<void>;
}

export interface RecordedAnswer {
  readonly requestHash: string;
  readonly answer: StoredAnswer;
}

export interface StoredAnswer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  readonly rule: string;
}

export interface CommitEntry {
  readonly outcome: JobOutcome;
  /** Present for a request under an Idempotency-Key: the answer is kept. */
  readonly keyed?: {
    readonly operationId: string;
    readonly key: string;
    readonly requestHash: string;
    readonly answer: OperationAnswer;
  };
}

interface CommitRecord extends Document {
  readonly open: boolean;
  readonly sequence: string;
  readonly requestHash?: string;
  readonly answer?: StoredAnswer;
  readonly outcome?: JobOutcome;
}

export const COMMITS = 'commits';
/** One place for all records without a key: each write closes the one before by replacing it. */
const UNKEYED = 'unkeyed';
const PUTS_AT_ONCE = 1000;
const DONE: Committed = { durable: Promise.resolve() };

export function createCommitLog(
  deps: BlockDeps,
  block: BlockId,
  workspace: WorkspaceId,
  scope: RecordingScope,
): CommitLog {
  const records: ScopedCollection<CommitRecord> = scope.collection<CommitRecord>(COMMITS, ['open']);
  let last: CommitRecord | undefined;
  let recovery: Promise<void> | undefined;
  let recovered = false;

  async function perform(outcome: JobOutcome): Promise<void> {
    await applyEffects(scope, outcome.effects ?? []);
    for (const callback of outcome.callbacks ?? []) await deps.callbacks.send(workspace, callback);
    for (const { job, time } of outcome.jobs ?? []) await deps.jobs.schedule(workspace, block, job, time);
  }

  async function recoverOpen(): Promise<void> {
    const open = (await records.find({ filter: { open: true } })).map(({ doc }) => doc);
    open.sort((a, b) => (a.sequence < b.sequence ? -1 : 1));
    for (const record of open) {
      await perform(record.outcome ?? {});
      await records.put(closed(record));
    }
  }

  async function closeLast(): Promise<void> {
    if (!last) return;
    const record = last;
    last = undefined;
    await records.put(closed(record));
  }

  return {
    recover() {
      recovery ??= recoverOpen().then(
        () => {
          recovered = true;
        },
        (error: unknown) => {
          recovery = undefined;
          throw error;
        },
      );
      return recovery;
    },
    isRecovered: () => recovered,
    forget() {
      last = undefined;
      recovery = undefined;
    },
    async recall(operationId, key) {
      const found = await records.get(recordId(operationId, key));
      const { requestHash, answer } = found?.doc ?? {};
      return requestHash === undefined || answer === undefined ? undefined : { requestHash, answer };
    },
    async commit({ outcome, keyed }) {
      assertStorable(outcome);
      if (!keyed && isAtomic(outcome)) {
        // What is still open would be done again after a crash, over this write.
        await closeLast();
        const put = onlyPut(outcome);
        if (put) return { durable: scope.begin(put.collection, put.doc) };
        await perform(outcome);
        return DONE;
      }
      await scope.settled();
      const sequence = deps.ids.next('commit');
      const record: CommitRecord = {
        _id: keyed ? recordId(keyed.operationId, keyed.key) : UNKEYED,
        open: true,
        sequence,
        outcome,
        ...(keyed ? { requestHash: keyed.requestHash, answer: storedAnswer(keyed.answer) } : {}),
      };
      if (last === undefined || last._id === record._id) await records.put(record);
      else await records.putMany([closed(last), record]);
      try {
        await perform(outcome);
      } catch (error) {
        // The record stays open; whoever comes next finishes it first.
        last = undefined;
        recovery = undefined;
        throw error;
      }
      last = record;
      return DONE;
    },
    async seal() {
      await scope.settled();
      await closeLast();
    },
    async clear() {
      await scope.settled();
      last = undefined;
      await records.deleteByPrefix('');
    },
  };
}

/** Writes effects in groups: the last effect on a document wins, as it would one by one. */
export async function applyEffects(scope: RecordingScope, effects: readonly Effect[]): Promise<void> {
  const final = new Map<string, Effect>();
  for (const effect of effects) {
    const id = effect.kind === 'put' ? effect.doc._id : effect.id;
    final.set(`${effect.collection} ${id}`, effect);
  }
  const puts = new Map<string, Document[]>();
  for (const effect of final.values()) {
    if (effect.kind === 'delete') {
      await scope.declared(effect.collection).delete(effect.id);
      continue;
    }
    const group = puts.get(effect.collection) ?? [];
    group.push(effect.doc);
    puts.set(effect.collection, group);
  }
  for (const [name, docs] of puts) {
    const collection = scope.declared(name);
    const [only] = docs;
    if (docs.length === 1 && only) await collection.put(only);
    else
      for (let at = 0; at < docs.length; at += PUTS_AT_ONCE)
        await collection.putMany(docs.slice(at, at + PUTS_AT_ONCE));
  }
}

/**
 * What a store would refuse must not get into a record: a record is done again until it succeeds, and nothing else
 * happens before. Raises GSB-REQ-001.
 */
/** One document and nothing else needs no record: its write is atomic by itself. */
function isAtomic(outcome: JobOutcome): boolean {
  const count =
    (outcome.effects?.length ?? 0) + (outcome.callbacks?.length ?? 0) + (outcome.jobs?.length ?? 0);
  return count <= 1;
}

function onlyPut({ effects }: JobOutcome): PutEffect | undefined {
  const [effect] = effects ?? [];
  return effect?.kind === 'put' ? effect : undefined;
}

function closed(record: CommitRecord): CommitRecord {
  const { _id, sequence, requestHash, answer } = record;
  return { _id, open: false, sequence, ...(requestHash && { requestHash }), ...(answer && { answer }) };
}

function storedAnswer({ status, body, headers, rule }: OperationAnswer): StoredAnswer {
  return {
    status,
    rule,
    ...(body === undefined ? {} : { body }),
    ...(headers === undefined ? {} : { headers }),
  };
}

function recordId(operationId: string, key: string): string {
  return `${operationId}/${createHash('sha256').update(key).digest('base64url')}`;
}

/** The same for two requests that say the same, whatever the order of their members. */
export function hashRequest(parts: Json): string {
  return createHash('sha256').update(canonical(parts)).digest('base64url');
}

function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value ?? null);
  const object: JsonObject = value;
  const members = Object.keys(object)
    .filter((name) => object[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(object[name])}`);
  return `{${members.join(',')}}`;
}
