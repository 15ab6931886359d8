import type { FollowedRecord, Journal, JournalEntry, JournalRecord } from '../../contracts/journal.js';
import { type Logger, silentLogger } from '../../contracts/logger.js';

interface Row {
  readonly stream: string;
  readonly seq: number;
  readonly position: number;
  readonly event: string;
  payload: string | undefined;
}

function toRecord(row: Row): JournalRecord {
  const record = { seq: row.seq, event: JSON.parse(row.event) as JournalRecord['event'] };
  return row.payload === undefined
    ? record
    : { ...record, payload: JSON.parse(row.payload) as JournalRecord['event'] };
}

/** A journal for unit tests: everything is lost when the process ends. Followers are called asynchronously. */
export function createMemoryJournal(logger: Logger = silentLogger): Journal {
  const streams = new Map<string, Row[]>();
  const followers = new Set<(row: Row) => void>();
  let lastPosition = 0;

  function add(stream: string, rows: Row[], { event, payload }: JournalEntry): Row {
    lastPosition += 1;
    const row: Row = {
      stream,
      seq: rows.length + 1,
      position: lastPosition,
      event: JSON.stringify(event),
      payload: payload === undefined ? undefined : JSON.stringify(payload),
    };
    rows.push(row);
    return row;
  }

  return {
    append: async (stream, expectedVersion, entries) => {
      const rows = streams.get(stream) ?? [];
      if (expectedVersion !== 'any' && expectedVersion !== rows.length) {
        return Promise.resolve({ kind: 'conflict', version: rows.length });
      }
      if (entries.length > 0) streams.set(stream, rows);
      const added = entries.map((entry) => add(stream, rows, entry));
      for (const row of added) for (const follower of followers) follower(row);
      return Promise.resolve({ kind: 'appended', version: rows.length });
    },

    read: async (stream, { after = 0, limit } = {}) => {
      const rows = (streams.get(stream) ?? []).slice(after, limit === undefined ? undefined : after + limit);
      return Promise.resolve(rows.map(toRecord));
    },

    version: async (stream) => Promise.resolve(streams.get(stream)?.length ?? 0),

    versions: async (names) => Promise.resolve(names.map((name) => streams.get(name)?.length ?? 0)),

    streams: async (streamPrefix) =>
      Promise.resolve([...streams.keys()].filter((name) => name.startsWith(streamPrefix)).sort()),

    follow: async (listener, { fromPosition, streamPrefix = '', streamSuffix = '' } = {}) => {
      let open = true;
      const deliver = (row: Row): void => {
        if (!row.stream.startsWith(streamPrefix) || !row.stream.endsWith(streamSuffix)) return;
        const record: FollowedRecord = {
          ...toRecord(row),
          stream: row.stream,
          position: String(row.position),
        };
        queueMicrotask(() => {
          if (!open) return;
          try {
            listener(record);
          } catch (error) {
            logger.error({ err: error, stream: row.stream, seq: row.seq }, 'a journal follower failed');
          }
        });
      };
      if (fromPosition !== undefined) {
        const from = Number(fromPosition);
        const missed = [...streams.values()].flat().filter(({ position }) => position > from);
        missed.sort((a, b) => a.position - b.position).forEach(deliver);
      }
      followers.add(deliver);
      return Promise.resolve({
        close: async () => {
          open = false;
          followers.delete(deliver);
          return Promise.resolve();
        },
      });
    },

    erasePayloads: async (stream, seqs) => {
      for (const row of streams.get(stream) ?? [])
        if (seqs?.includes(row.seq) !== false) row.payload = undefined;
      return Promise.resolve();
    },

    deleteByPrefix: async (streamPrefix) => {
      for (const stream of [...streams.keys()]) if (stream.startsWith(streamPrefix)) streams.delete(stream);
      return Promise.resolve();
    },

    remove: async (names) => {
      for (const stream of names) streams.delete(stream);
      return Promise.resolve();
    },

    close: async () => {
      followers.clear();
      return Promise.resolve();
    },
  };
}
