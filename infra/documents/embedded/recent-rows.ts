import type { StoredRow } from './statements.js';

/** Characters of ids and bodies that are held for one collection. */
const MOST_CHARACTERS = 256 * 1024;
/** Bodies above this are read anew each time: one of them would push out many small ones. */
const LARGE = 16 * 1024;

/**
 * Rows of one collection that were asked for lately, and which of them are not there. One process owns the embedded database, so nobody else
 * changes a row; what this process changes is forgotten before the change begins and once more when it is done, and
 * a read that began before it is not held.
 */
export interface RecentRows {
  /** The row when it is at hand, else what `read` brings. */
  read(id: string, read: (id: string) => Promise<StoredRow | undefined>): Promise<StoredRow | undefined>;
  /** Runs a change of these rows; of all when no ids are given. */
  changing<R>(ids: readonly string[] | undefined, change: () => Promise<R>): Promise<R>;
}

export function createRecentRows(): RecentRows {
  const rows = new Map<string, StoredRow | undefined>();
  /** Reads under way, each with a token of its own: a change takes the token away. */
  const reading = new Map<string, object>();
  let characters = 0;

  function forget(id: string): void {
    if (rows.has(id)) characters -= sizeOf(id, rows.get(id));
    rows.delete(id);
    reading.delete(id);
  }

  function forgetAll(): void {
    rows.clear();
    reading.clear();
    characters = 0;
  }

  function hold(id: string, row: StoredRow | undefined): void {
    const size = sizeOf(id, row);
    if (size > LARGE) return;
    forget(id);
    rows.set(id, row);
    characters += size;
    for (const oldest of rows.keys()) {
      if (characters <= MOST_CHARACTERS) return;
      forget(oldest);
    }
  }

  return {
    read: async (id, read) => {
      const known = rows.get(id);
      if (known !== undefined || rows.has(id)) return known;
      const token = {};
      reading.set(id, token);
      try {
        const row = await read(id);
        if (reading.get(id) === token) hold(id, row);
        return row;
      } finally {
        if (reading.get(id) === token) reading.delete(id);
      }
    },
    changing: async (ids, change) => {
      const forgetting = (): void => (ids === undefined ? forgetAll() : ids.forEach(forget));
      forgetting();
      try {
        return await change();
      } finally {
        forgetting();
      }
    },
  };
}

function sizeOf(id: string, row: StoredRow | undefined): number {
  return id.length + (row?.body.length ?? 0);
}
