import type { Collection, Document } from '../../../contracts/documents.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { StoredEntry } from './write-entry.js';

/**
 * Entries lie together in pages of a fixed number, and a page's id follows from the entry's: one write for each batch,
 * one read for each entry, and what is too old goes by its pages, without looking for it.
 */
export interface JournalPageDocument extends Document {
  readonly entries: readonly StoredEntry[];
}

const PAGE = 32;

export interface EntryStore {
  /** The number of the newest entry; 0 when there is none. */
  newest(): number;
  /** Adds entries, numbered without gaps after the newest. They are there at once, and durable after `write`. */
  add(entries: readonly StoredEntry[]): void;
  write(): Promise<void>;
  /** Page by page, newest entry first, beginning below `before`. */
  newestFirst(before: number): AsyncGenerator<StoredEntry>;
  get(entry: number): Promise<StoredEntry | undefined>;
  /** Keeps those for which it holds. */
  keepOnly(holds: (entry: StoredEntry) => boolean): Promise<void>;
  clear(): Promise<void>;
}

/** The entries of one workspace; reads first where the last process ended. */
export async function openEntryStore(
  pages: Collection<JournalPageDocument>,
  workspace: WorkspaceId,
  keep: number,
): Promise<EntryStore> {
  const idOf = (page: number): string => `${workspace}/${String(page).padStart(12, '0')}`;
  const pageOf = (entry: number): number => Math.floor(entry / PAGE);
  const [last] = await pages.find({ idPrefix: `${workspace}/`, order: 'descending', limit: 1 });
  const [first] = await pages.find({ idPrefix: `${workspace}/`, order: 'ascending', limit: 1 });
  let newest = last?.doc.entries.at(-1)?.entry ?? 0;
  let oldestPage = pageOf(first?.doc.entries[0]?.entry ?? 0);
  /** Not yet written, by page. The newest page stays here until it is full. */
  const held = new Map<number, readonly StoredEntry[]>(
    last === undefined ? [] : [[pageOf(newest), last.doc.entries]],
  );
  const changed = new Set<number>();

  async function entriesOf(page: number): Promise<readonly StoredEntry[]> {
    return held.get(page) ?? (await pages.get(idOf(page)))?.doc.entries ?? [];
  }

  async function forgetOld(): Promise<void> {
    // The newest `keep` entries may begin in the middle of a page, which stays whole.
    const oldest = pageOf(newest - keep + 1);
    for (; oldestPage < oldest; oldestPage += 1) {
      held.delete(oldestPage);
      changed.delete(oldestPage);
      await pages.delete(idOf(oldestPage));
    }
  }

  return {
    newest: () => newest,
    add(entries) {
      for (const entry of entries) {
        newest = entry.entry;
        const page = pageOf(newest);
        held.set(page, [...(held.get(page) ?? []), entry]);
        changed.add(page);
      }
    },
    async write() {
      await forgetOld();
      for (const page of [...changed].sort((one, other) => one - other)) {
        const entries = held.get(page) ?? [];
        changed.delete(page);
        try {
          await pages.put({ _id: idOf(page), entries });
        } catch (error) {
          changed.add(page);
          throw error;
        }
        if (page !== pageOf(newest) && !changed.has(page)) held.delete(page);
      }
    },
    async *newestFirst(before) {
      for (let page = pageOf(Math.min(before - 1, newest)); page >= oldestPage && page >= 0; page -= 1) {
        const entries = await entriesOf(page);
        for (const entry of [...entries].reverse()) {
          if (entry.entry < before && entry.entry > newest - keep) yield entry;
        }
      }
    },
    async get(entry) {
      if (entry > newest || entry <= newest - keep) return undefined;
      return (await entriesOf(pageOf(entry))).find((one) => one.entry === entry);
    },
    async keepOnly(holds) {
      for (let page = oldestPage; page <= pageOf(newest); page += 1) {
        const entries = await entriesOf(page);
        const kept = entries.filter(holds);
        if (kept.length === entries.length) continue;
        if (held.has(page)) held.set(page, kept);
        await pages.put({ _id: idOf(page), entries: kept });
      }
    },
    async clear() {
      held.clear();
      changed.clear();
      oldestPage = pageOf(newest);
      await pages.deleteByPrefix(`${workspace}/`);
    },
  };
}
