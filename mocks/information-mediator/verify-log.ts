import type { Exchange, Seal } from '../../contracts/exchange.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Journal, JournalRecord } from '../../contracts/journal.js';
import type { Json } from '../../contracts/json.js';
import { streams } from '../../contracts/streams.js';
import { chainStart, fold, toSeal } from './chain.js';
import { isRecordedPayload, payloadHashes } from './exchange-log.js';
import { firstBreak } from './first-break.js';

export type Verification =
  | {
      readonly holds: true;
      /** Records under a seal, and those recorded since. */
      readonly sealed: number;
      readonly unsealed: number;
      readonly head: string | undefined;
    }
  | {
      readonly holds: false;
      /** First and last record (1-based) of the part where it breaks. */
      readonly from: number;
      readonly to: number;
      /** The very record, where that can be told. */
      readonly record?: number;
      /** Number of the seal that no longer fits (1-based); absent for records that no seal covers yet. */
      readonly seal?: number;
      readonly reason: BreakReason;
      readonly detail: string;
    };

export type BreakReason =
  'records-changed' | 'records-missing' | 'records-added' | 'body-changed' | 'seal-changed';

export interface VerifyOptions {
  /** Records read at once. */
  readonly batch: number;
  /** Begins with the seal that covers this record, and takes the seal before it for true. */
  readonly from?: number | undefined;
}

/** Where the reading stands: the head after record `upTo`, under seal number `seal`. */
interface Place {
  readonly head: string;
  readonly upTo: number;
  readonly seal: number;
}

/** Reads seals and records side by side, part by part, and stops at the first part that does not agree. */
export async function verifyLog(
  journal: Pick<Journal, 'read'>,
  workspace: WorkspaceId,
  { batch, from = 1 }: VerifyOptions,
): Promise<Verification> {
  let place: Place = { head: chainStart(workspace), upTo: 0, seal: 0 };
  let skipped = 0;
  for (;;) {
    const seals = await journal.read(streams.seals(workspace), { after: place.seal, limit: batch });
    if (seals.length === 0) break;
    for (const [index, record] of seals.entries()) {
      const seal = toSeal(record);
      if (seal.upTo < from) {
        skipped = seal.upTo;
        place = { head: seal.head, upTo: seal.upTo, seal: record.seq };
        continue;
      }
      const following = seals[index + 1];
      const next = following && toSeal(following);
      const part = await verifyPart(journal, workspace, place, { seal, number: record.seq, next });
      if (part.kind === 'broken') return part.verification;
      place = { head: part.head, upTo: seal.upTo, seal: record.seq };
    }
  }
  return verifyUnsealed(journal, workspace, place, { batch, skipped });
}

type Part =
  | { readonly kind: 'whole'; readonly head: string }
  | { readonly kind: 'broken'; readonly verification: Extract<Verification, { holds: false }> };

async function verifyPart(
  journal: Pick<Journal, 'read'>,
  workspace: WorkspaceId,
  { head, upTo }: Place,
  { seal, number, next }: { readonly seal: Seal; readonly number: number; readonly next: Seal | undefined },
): Promise<Part> {
  const range = { from: upTo + 1, to: seal.upTo };
  if (!Number.isInteger(seal.upTo) || seal.upTo <= upTo) {
    const detail = `seal ${number} says ${seal.upTo} after one that said ${upTo}`;
    return broken({ from: upTo + 1, to: upTo + 1, seal: number }, 'seal-changed', detail);
  }
  const records = await journal.read(streams.exchanges(workspace), { after: upTo, limit: seal.upTo - upTo });
  const gap = records.findIndex((record, index) => record.seq !== upTo + index + 1);
  if (gap >= 0 || records.length < seal.upTo - upTo) {
    const missing = upTo + (gap >= 0 ? gap : records.length) + 1;
    const place = { from: missing, to: seal.upTo, record: missing, seal: number };
    // Where a later record has moved up, an earlier one may be what was taken out.
    const earlier = firstBreak(records, { ...seal, records: (seal.records ?? []).slice(0, records.length) });
    if (earlier !== undefined && gap < 0)
      return broken(
        { ...place, from: earlier.record, record: earlier.record },
        earlier.reason,
        earlier.detail,
      );
    const detail = `record ${missing} is missing, seal ${number} covers up to ${seal.upTo}`;
    return broken(place, 'records-missing', detail);
  }
  const computed = records.reduce(fold, head);
  if (computed !== seal.head) {
    const found = firstBreak(records, seal, next);
    if (found !== undefined)
      return broken({ ...range, record: found.record, seal: number }, found.reason, found.detail);
    // Every record is still the one whose mark the seal keeps: then it is the seal that was changed, or what it builds on.
    if (seal.records?.length === records.length) {
      const detail = `records ${range.from} to ${range.to} are those that were sealed at ${seal.at}, so seal ${number} was changed, or an earlier one together with its records`;
      return broken({ ...range, seal: number }, 'seal-changed', detail);
    }
    const detail = `records ${range.from} to ${range.to} are not those that were sealed at ${seal.at}`;
    return broken({ ...range, seal: number }, 'records-changed', detail);
  }
  return changedBody(records, number) ?? { kind: 'whole', head: computed };
}

async function verifyUnsealed(
  journal: Pick<Journal, 'read'>,
  workspace: WorkspaceId,
  { head, upTo, seal }: Place,
  { batch, skipped }: { batch: number; skipped: number },
): Promise<Verification> {
  let seen = upTo;
  for (;;) {
    const records = await journal.read(streams.exchanges(workspace), { after: seen, limit: batch });
    const last = records.at(-1);
    if (last === undefined) {
      const checked = { sealed: upTo - skipped, unsealed: seen - upTo };
      return { holds: true, ...checked, head: seal === 0 ? undefined : head };
    }
    const body = changedBody(records);
    if (body) return body.verification;
    seen = last.seq;
  }
}

/** A body that is still there must have the hashes of its record; erased ones are no break. */
function changedBody(
  records: readonly JournalRecord[],
  seal?: number,
): Extract<Part, { kind: 'broken' }> | undefined {
  for (const { seq, event, payload } of records) {
    if (payload === undefined || payload === null) continue;
    const { requestHash, responseHash } = event as Json & Exchange;
    const hashes = isRecordedPayload(payload) ? payloadHashes(payload) : undefined;
    if (hashes?.requestHash === requestHash && hashes.responseHash === responseHash) continue;
    const place = { from: seq, to: seq, record: seq, ...(seal === undefined ? {} : { seal }) };
    return broken(place, 'body-changed', `the bodies of record ${seq} are not those that were exchanged`);
  }
  return undefined;
}

function broken(
  place: Pick<Extract<Verification, { holds: false }>, 'from' | 'to' | 'record' | 'seal'>,
  reason: BreakReason,
  detail: string,
): Extract<Part, { kind: 'broken' }> {
  return { kind: 'broken', verification: { holds: false, ...place, reason, detail } };
}
