import type { Json } from '../../../contracts/json.js';
import type { JournalRecord } from '../../../contracts/journal.js';

/** An entry as the list of a stream holds it: "<position>|<event>". */
export interface StoredEntry {
  readonly position: string;
  readonly event: string;
}

export function parseEntry(text: string): StoredEntry {
  const bar = text.indexOf('|');
  return { position: text.slice(0, bar), event: text.slice(bar + 1) };
}

export function toRecord(seq: number, event: string, payload: string | null | undefined): JournalRecord {
  const record = { seq, event: JSON.parse(event) as Json };
  return payload === null || payload === undefined
    ? record
    : { ...record, payload: JSON.parse(payload) as Json };
}
