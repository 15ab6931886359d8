import type { Seal } from '../../contracts/exchange.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { JournalRecord } from '../../contracts/journal.js';
import type { Json } from '../../contracts/json.js';
import { canonicalJson } from './canonical-json.js';
import { sha256 } from './hashes.js';

/** The head before the first record; differs per workspace, so that no log passes for another's. */
export function chainStart(workspace: WorkspaceId): string {
  return sha256(`govstack-sandbox message log ${workspace}`);
}

/** The head after one more record. */
export function fold(head: string, { event }: Pick<JournalRecord, 'event'>): string {
  return sha256(head + canonicalJson(event));
}

/** The beginning of a record's own hash: enough to tell records of one seal apart. */
export function mark({ event }: Pick<JournalRecord, 'event'>): string {
  return sha256(canonicalJson(event)).slice(0, 16);
}

export function toSeal(record: JournalRecord): Seal {
  return record.event as Json & Seal;
}
