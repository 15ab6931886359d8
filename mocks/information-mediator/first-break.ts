import type { Seal } from '../../contracts/exchange.js';
import type { JournalRecord } from '../../contracts/journal.js';
import { mark } from './chain.js';

export interface FirstBreak {
  /** Number of the record, 1-based. */
  readonly record: number;
  readonly reason: 'records-changed' | 'records-missing' | 'records-added';
  readonly detail: string;
}

/**
 * The very record where a sealed part no longer is what was sealed, by the marks that the seal keeps. Undefined where that
 * cannot be told: the seal has no marks, or they were changed together with the records. `next` is the seal after it: a record
 * that moved up may be its first.
 */
export function firstBreak(
  records: readonly JournalRecord[],
  seal: Seal,
  next?: Seal,
): FirstBreak | undefined {
  const sealed = seal.records;
  if (sealed?.length !== records.length) return undefined;
  const found = records.map(mark);
  const at = found.findIndex((one, index) => one !== sealed[index]);
  const record = records[at]?.seq;
  if (record === undefined) return undefined;
  if (found[at] === (sealed[at + 1] ?? next?.records?.[0]))
    return {
      record,
      reason: 'records-missing',
      detail: `record ${record} was taken out: what was sealed after it stands in its place`,
    };
  if (found[at + 1] === sealed[at])
    return {
      record,
      reason: 'records-added',
      detail: `record ${record} was put in: what was sealed in its place comes after it`,
    };
  return { record, reason: 'records-changed', detail: `record ${record} is not the one that was sealed` };
}
