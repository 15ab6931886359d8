import type { Json } from '../../../contracts/json.js';
import type { FollowedRecord, JournalEntry, JournalRecord } from '../../../contracts/journal.js';
import type { Statements } from '../../embedded/database.js';

/** The journal's one table as text in and text out: events are never re-typed or reordered. */
export interface JournalRow {
  readonly stream: string;
  readonly seq: number;
  /** A bigserial: below 2^53 for as long as anybody lives. */
  readonly position: number;
  readonly event: string;
  readonly payload: string | null;
}

export interface NewRow {
  readonly stream: string;
  readonly seq: number;
  readonly event: string;
  readonly payload: string | null;
}

export function toRow(stream: string, seq: number, { event, payload }: JournalEntry): NewRow {
  return {
    stream,
    seq,
    event: JSON.stringify(event),
    payload: payload === undefined ? null : JSON.stringify(payload),
  };
}

export function toRecord({
  seq,
  event,
  payload,
}: Pick<JournalRow, 'seq' | 'event' | 'payload'>): JournalRecord {
  const record = { seq, event: JSON.parse(event) as Json };
  return payload === null ? record : { ...record, payload: JSON.parse(payload) as Json };
}

export function toFollowed(row: JournalRow): FollowedRecord {
  return { ...toRecord(row), stream: row.stream, position: String(row.position) };
}

/** Adds the rows in their order, which becomes the order of positions; answers the positions. */
export async function insertRows({ query }: Statements, rows: readonly NewRow[]): Promise<readonly number[]> {
  const added = await query<{ position: number }>(
    `INSERT INTO sandbox.journal (stream, seq, event, payload)
     SELECT stream, seq, event, payload
     FROM unnest($1::text[], $2::int[], $3::text[], $4::text[]) WITH ORDINALITY AS s(stream, seq, event, payload, n)
     ORDER BY n RETURNING position`,
    [
      rows.map(({ stream }) => stream),
      rows.map(({ seq }) => seq),
      rows.map(({ event }) => event),
      rows.map(({ payload }) => payload),
    ],
  );
  return added.rows.map(({ position }) => position);
}

export async function readVersions(
  { query }: Statements,
  streams: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await query<{ stream: string; version: number }>(
    `SELECT s.stream, (SELECT coalesce(max(j.seq), 0) FROM sandbox.journal j WHERE j.stream = s.stream) AS version
     FROM unnest($1::text[]) AS s(stream)`,
    [streams],
  );
  return new Map(rows.map(({ stream, version }) => [stream, version]));
}
