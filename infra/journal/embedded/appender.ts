import type { AppendResult, JournalEntry } from '../../../contracts/journal.js';
import type { EmbeddedDatabase } from '../../embedded/database.js';
import { insertRows, type JournalRow, type NewRow, readVersions, toRow } from './rows.js';

/**
 * Appends with the version check. The lock on the data folder makes this process the only writer, so versions are
 * kept at hand and a whole batch of appends is checked here and written by one statement; the primary key
 * (stream, seq) would still refuse a second entry of the same number.
 */
export interface Append {
  readonly stream: string;
  readonly expectedVersion: number | 'any';
  readonly entries: readonly JournalEntry[];
}

export interface Appender {
  appendAll(appends: readonly Append[]): Promise<readonly AppendResult[]>;
  /** Must be called, inside the database's turn, when streams were removed. */
  forget(): void;
}

const VERSIONS_AT_HAND = 20_000;

export function createAppender(database: EmbeddedDatabase, onAppended: (row: JournalRow) => void): Appender {
  const versions = new Map<string, number>();

  async function load(streams: readonly string[]): Promise<void> {
    if (versions.size > VERSIONS_AT_HAND) versions.clear();
    const unknown = [...new Set(streams)].filter((stream) => !versions.has(stream));
    if (unknown.length === 0) return;
    for (const [stream, version] of await readVersions(database, unknown)) versions.set(stream, version);
  }

  async function appendAll(appends: readonly Append[]): Promise<readonly AppendResult[]> {
    await load(appends.map(({ stream }) => stream));
    const rows: NewRow[] = [];
    const results = appends.map(({ stream, expectedVersion, entries }): AppendResult => {
      const version = versions.get(stream) ?? 0;
      if (expectedVersion !== 'any' && expectedVersion !== version) return { kind: 'conflict', version };
      rows.push(...entries.map((entry, at) => toRow(stream, version + at + 1, entry)));
      versions.set(stream, version + entries.length);
      return { kind: 'appended', version: version + entries.length };
    });
    if (rows.length === 0) return results;
    try {
      const positions = await insertRows(database, rows);
      rows.forEach((row, at) => {
        onAppended({ ...row, position: positions[at] ?? 0 });
      });
      return results;
    } catch (error) {
      versions.clear();
      throw error;
    }
  }

  return {
    appendAll,
    forget: () => {
      versions.clear();
    },
  };
}
