import type { SeenRequest } from '../../../contracts/block.js';
import type { WorkspaceClocks, Clock } from '../../../contracts/clock.js';
import type { DocumentStore } from '../../../contracts/documents.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { Logger } from '../../../contracts/logger.js';
import type { JournalEntry, RequestJournal } from '../../../contracts/request-journal.js';
import { openEntryStore, type EntryStore, type JournalPageDocument } from './entry-store.js';
import { fullEntry, maskEntry } from './mask-entry.js';
import { matchesQuery } from './match-entry.js';
import { writeEntry, type StoredEntry } from './write-entry.js';

export interface RequestJournalDeps {
  readonly documents: DocumentStore;
  readonly clocks: WorkspaceClocks;
  readonly realClock: Clock;
  readonly logger: Logger;
  /** Entries kept per workspace, of all blocks together; 10,000 by default. */
  readonly keep?: number;
  /** Characters kept of each body; 8,192 by default. */
  readonly largestBody?: number;
  /** Runs something a moment later; a timer of the process that keeps nobody alive by default. */
  readonly later?: (run: () => void) => () => void;
}

const WRITE_AFTER_MS = 250;
/** Entries that are written down before others get their turn. */
const AT_ONCE = 64;

const processTimer = (run: () => void): (() => void) => {
  const timer = setTimeout(run, WRITE_AFTER_MS);
  timer.unref();
  return () => clearTimeout(timer);
};

interface OfWorkspace {
  /** Seen and not yet written down. */
  waiting: SeenRequest[];
  store: Promise<EntryStore> | undefined;
  order: Promise<void>;
  cancel: (() => void) | undefined;
  readonly listeners: Set<(entry: StoredEntry) => void>;
}

/**
 * Keeps the newest requests of each workspace. A request only leaves a reference behind; copying, redacting and writing
 * happen in batches a moment later, so that a crash loses that moment and nobody waits for the journal.
 */
export function createRequestJournal(deps: RequestJournalDeps): RequestJournal {
  const { documents, clocks, realClock, logger } = deps;
  const { keep = 10_000, largestBody = 8192, later = processTimer } = deps;
  const pages = documents.collection<JournalPageDocument>('request-journal');
  const workspaces = new Map<WorkspaceId, OfWorkspace>();

  function of(workspace: WorkspaceId): OfWorkspace {
    const known = workspaces.get(workspace);
    if (known) return known;
    const made: OfWorkspace = {
      waiting: [],
      store: undefined,
      order: Promise.resolve(),
      cancel: undefined,
      listeners: new Set(),
    };
    workspaces.set(workspace, made);
    return made;
  }

  function open(workspace: WorkspaceId, one: OfWorkspace): Promise<EntryStore> {
    if (one.store) return one.store;
    const opening = openEntryStore(pages, workspace, keep);
    one.store = opening;
    opening.catch(() => {
      one.store = undefined;
    });
    return opening;
  }

  async function writeDown(workspace: WorkspaceId, one: OfWorkspace): Promise<void> {
    const store = await open(workspace, one);
    const workspaceClock = clocks.of(workspace);
    // What came in one go beyond the bound would be forgotten at once.
    if (one.waiting.length > keep) one.waiting = one.waiting.slice(-keep);
    // What comes while this is written waits for its own moment: page after page would be written for an entry or two.
    let left = one.waiting.length;
    while (left > 0) {
      const batch = one.waiting.splice(0, Math.min(AT_ONCE, left));
      left -= batch.length;
      const first = store.newest() + 1;
      const entries = batch.map((seen, index) =>
        writeEntry(first + index, seen, { workspaceClock, realClock, largestBody }),
      );
      store.add(entries);
      for (const entry of entries) for (const listener of one.listeners) listener(entry);
      await store.write();
    }
  }

  function flushOf(workspace: WorkspaceId): Promise<void> {
    const one = of(workspace);
    one.cancel?.();
    one.cancel = undefined;
    one.order = one.order.then(() =>
      writeDown(workspace, one).catch((error: unknown) => {
        logger.error({ workspace, err: error }, 'the journal of requests could not be written');
      }),
    );
    return one.order;
  }

  async function caughtUp(workspace: WorkspaceId): Promise<EntryStore> {
    await flushOf(workspace);
    return open(workspace, of(workspace));
  }

  async function flush(): Promise<void> {
    await Promise.all([...workspaces.keys()].map(flushOf));
  }

  return {
    record(workspace, seen) {
      const one = of(workspace);
      one.waiting.push(seen);
      one.cancel ??= later(() => void flushOf(workspace));
    },
    async list(workspace, query) {
      const store = await caughtUp(workspace);
      const entries: JournalEntry[] = [];
      for await (const stored of store.newestFirst(query.after ?? Number.POSITIVE_INFINITY)) {
        if (stored.block !== query.block) continue;
        const entry = query.full ? fullEntry(stored) : maskEntry(stored);
        if (!matchesQuery(entry, query)) continue;
        if (entries.length === query.limit) return { entries, next: entries.at(-1)?.entry ?? 0 };
        entries.push(entry);
      }
      return { entries };
    },
    async get(workspace, block, entry, full) {
      const found = await (await caughtUp(workspace)).get(entry);
      if (found?.block !== block) return undefined;
      return full ? fullEntry(found) : maskEntry(found);
    },
    async follow(workspace, block, after, listener) {
      const one = of(workspace);
      const early: StoredEntry[] = [];
      let hear = (stored: StoredEntry): void => void early.push(stored);
      const heard = (stored: StoredEntry): void => hear(stored);
      one.listeners.add(heard);
      const store = await caughtUp(workspace);
      const missed: StoredEntry[] = [];
      if (after !== undefined) {
        for await (const stored of store.newestFirst(Number.POSITIVE_INFINITY)) {
          if (stored.entry <= after) break;
          missed.push(stored);
        }
      }
      let told = after === undefined ? store.newest() : (missed[0]?.entry ?? after);
      const tell = (stored: StoredEntry): void => {
        if (stored.block === block) listener(maskEntry(stored));
      };
      for (const stored of missed.reverse()) tell(stored);
      hear = (stored) => {
        if (stored.entry <= told) return;
        told = stored.entry;
        tell(stored);
      };
      for (const stored of early) hear(stored);
      return {
        close: () => {
          one.listeners.delete(heard);
        },
      };
    },
    async clear(workspace, block) {
      const store = await caughtUp(workspace);
      if (block === undefined) await store.clear();
      else await store.keepOnly((entry) => entry.block !== block);
    },
    flush,
    async close() {
      for (const one of workspaces.values()) one.listeners.clear();
      await flush();
    },
  };
}
