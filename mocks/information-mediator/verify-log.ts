import type { Exchange, Seal } from '../../contracts/exchange.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Journal, JournalRecord } from '../../contracts/journal.js';
import type { Json } from '../../contracts/json.js';
import { streams } from '../../contracts/streams.js';
import { chainStart, fold, toSeal } from './chain.js';
import { isRecordedPayload, payloadHashes } from './exchange-log.js';

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
      readonly reason: 'records-changed' | 'records-missing' | 'body-changed' | 'seal-changed';
      readonly detail: string;
    };

/** Reads seals and records side by side, part by part, and stops at the first part that does not agree. */
export async function verifyLog(
  journal: Journal,
  workspace: WorkspaceId,
  batch: number,
): Promise<Verification> {
  let head = chainStart(workspace);
  let upTo = 0;
  let sealNumber = 0;
  for (;;) {
    const seals = await journal.read(streams.seals(workspace), { after: sealNumber, limit: batch });
    if (seals.length === 0) break;
    for (const record of seals) {
      const seal = toSeal(record);
      const part = await verifyPart(journal, workspace, { head, upTo, seal });
      if (part.kind === 'broken') return part.verification;
      head = part.head;
      upTo = seal.upTo;
      sealNumber = record.seq;
    }
  }
  return verifyUnsealed(journal, workspace, { head: sealNumber === 0 ? undefined : head, upTo, batch });
}

type Part =
  | { readonly kind: 'whole'; readonly head: string }
  | { readonly kind: 'broken'; readonly verification: Verification };

async function verifyPart(
  journal: Journal,
  workspace: WorkspaceId,
  { head, upTo, seal }: { head: string; upTo: number; seal: Seal },
): Promise<Part> {
  const range = { from: upTo + 1, to: seal.upTo };
  if (!Number.isInteger(seal.upTo) || seal.upTo <= upTo) {
    return broken(
      { from: upTo + 1, to: upTo + 1 },
      'seal-changed',
      `a seal says ${seal.upTo} after one that said ${upTo}`,
    );
  }
  const records = await journal.read(streams.exchanges(workspace), { after: upTo, limit: seal.upTo - upTo });
  const gap = records.findIndex((record, index) => record.seq !== upTo + index + 1);
  if (gap >= 0 || records.length < seal.upTo - upTo) {
    const from = upTo + (gap >= 0 ? gap : records.length) + 1;
    return broken(
      { from, to: seal.upTo },
      'records-missing',
      `record ${from} is missing, the seal covers up to ${seal.upTo}`,
    );
  }
  const body = changedBody(records);
  if (body) return body;
  const computed = records.reduce(fold, head);
  if (computed !== seal.head) {
    const detail = `records ${range.from} to ${range.to} are not those that were sealed at ${seal.at}`;
    return broken(range, 'records-changed', detail);
  }
  return { kind: 'whole', head: computed };
}

async function verifyUnsealed(
  journal: Journal,
  workspace: WorkspaceId,
  { head, upTo, batch }: { head: string | undefined; upTo: number; batch: number },
): Promise<Verification> {
  let seen = upTo;
  for (;;) {
    const records = await journal.read(streams.exchanges(workspace), { after: seen, limit: batch });
    const last = records.at(-1);
    if (last === undefined) return { holds: true, sealed: upTo, unsealed: seen - upTo, head };
    const body = changedBody(records);
    if (body) return body.verification;
    seen = last.seq;
  }
}

/** A body that is still there must have the hashes of its record; erased ones are no break. */
function changedBody(records: readonly JournalRecord[]): Extract<Part, { kind: 'broken' }> | undefined {
  for (const { seq, event, payload } of records) {
    if (payload === undefined || payload === null) continue;
    const { requestHash, responseHash } = event as Json & Exchange;
    const hashes = isRecordedPayload(payload) ? payloadHashes(payload) : undefined;
    if (hashes?.requestHash === requestHash && hashes.responseHash === responseHash) continue;
    return broken(
      { from: seq, to: seq },
      'body-changed',
      `the bodies of record ${seq} are not those that were exchanged`,
    );
  }
  return undefined;
}

function broken(
  range: { readonly from: number; readonly to: number },
  reason: Extract<Verification, { holds: false }>['reason'],
  detail: string,
): Extract<Part, { kind: 'broken' }> {
  return { kind: 'broken', verification: { holds: false, ...range, reason, detail } };
}
