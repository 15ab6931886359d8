import type { StoredRow } from './statements.js';

/** Characters of bodies that are held for one collection. */
const MOST_CHARACTERS = 256 * 1024;
/** Bodies above this are read anew each time: one of them would push out many small ones. */
const LARGE = 16 * 1024;

/**
 * Rows of one collection that were read or asked for lately. One process owns the embedded database, so nobody else
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
  const rows = new Map<string, StoredRow>();
  /** Reads under way, each with a token of its own: a change takes the token away. */
  const reading = new Map<string, object>();
  let characters = 0;

  function forget(id: string): void {
    characters -= rows.get(id)?.body.length ?? 0;
    rows.delete(id);
    reading.delete(id);
  }

  function forgetAll(): void {
    rows.clear();
    reading.clear();
    characters = 0;
  }

  function hold(row: StoredRow): void {
    if (row.body.length > LARGE) return;
    forget(row.id);
    rows.set(row.id, row);
    characters += row.body.length;
    for (const oldest of rows.keys()) {
      if (characters <= MOST_CHARACTERS) return;
      forget(oldest);
    }
  }

  return {
    read: async (id, read) => {
      const known = rows.get(id);
      if (known !== undefined) return known;
      const token = {};
      reading.set(id, token);
      try {
        const row = await read(id);
        if (row !== undefined && reading.get(id) === token) hold(row);
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
