import {
  AUDIT_BEGIN,
  type AuditEntry,
  type AuditLog,
  type AuditNote,
  type AuditQuery,
  type AuditScope,
} from '../../contracts/audit.js';
import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { Digest } from '../../contracts/digest.js';
import type { Journal, JournalRecord } from '../../contracts/journal.js';
import type { Json } from '../../contracts/json.js';
import { streams } from '../../contracts/streams.js';

export interface AuditLogDeps {
  readonly journal: Journal;
  readonly realClock: Clock;
  readonly clocks: Pick<WorkspaceClocks, 'of'>;
  readonly digest: Digest;
}

type Kept = Omit<AuditEntry, 'seq'>;

interface Waiting {
  readonly entry: Omit<Kept, 'previous' | 'hash'>;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

interface Chain {
  /** Unknown until it is read, and after another process has written. */
  at?: { readonly version: number; readonly head: string } | undefined;
  readonly waiting: Waiting[];
  writing: boolean;
}

const PAGE = 500;
/** One look goes so far back; `next` says where to go on. */
const LOOKED_AT_MOST = 20_000;
/** Entries of one append. */
const BATCH = 200;

/** The audit logs in the journal. Entries that come together are one append; the version fences other processes off. */
export function createAuditLog({ journal, realClock, clocks, digest }: AuditLogDeps): AuditLog {
  const chains = new Map<AuditScope, Chain>();

  const hashOf = (previous: string, entry: object): string =>
    digest.sha256(`${previous}\n${JSON.stringify(entry)}`);

  async function headOf(scope: AuditScope): Promise<NonNullable<Chain['at']>> {
    const stream = streams.audit(scope);
    const version = await journal.version(stream);
    const [last] = version === 0 ? [] : await journal.read(stream, { after: version - 1, limit: 1 });
    return { version, head: last === undefined ? AUDIT_BEGIN : keptIn(last).hash };
  }

  async function append(scope: AuditScope, chain: Chain, batch: readonly Waiting[]): Promise<void> {
    for (;;) {
      chain.at ??= await headOf(scope);
      let { head } = chain.at;
      const entries = batch.map(({ entry }) => {
        const linked = { ...entry, previous: head };
        head = hashOf(head, linked);
        return { ...linked, hash: head };
      });
      const result = await journal.append(
        streams.audit(scope),
        chain.at.version,
        entries.map((event) => ({ event: event as unknown as Json })),
      );
      chain.at = result.kind === 'appended' ? { version: result.version, head } : undefined;
      if (result.kind === 'appended') return;
    }
  }

  async function writeAll(scope: AuditScope, chain: Chain): Promise<void> {
    chain.writing = true;
    while (chain.waiting.length > 0) {
      const batch = chain.waiting.splice(0, BATCH);
      try {
        await append(scope, chain, batch);
        for (const { done } of batch) done();
      } catch (error) {
        chain.at = undefined;
        for (const { failed } of batch) failed(error);
      }
    }
    chain.writing = false;
  }

  return {
    record: (scope, note) =>
      new Promise((done, failed) => {
        const chain = chains.get(scope) ?? { waiting: [], writing: false };
        chains.set(scope, chain);
        chain.waiting.push({ entry: stamped(scope, note), done, failed });
        if (!chain.writing) void writeAll(scope, chain);
      }),
    list: async (scope, query) => {
      const stream = streams.audit(scope);
      const newest = await journal.version(stream);
      let before = Math.min(query.after ?? Infinity, newest + 1);
      const stop = Math.max(1, before - LOOKED_AT_MOST);
      const entries: AuditEntry[] = [];
      while (before > stop) {
        const from = Math.max(stop, before - PAGE);
        const records = await journal.read(stream, { after: from - 1, limit: before - from });
        for (const record of [...records].reverse()) {
          const entry = { seq: record.seq, ...keptIn(record) };
          if (!isWanted(entry, query)) continue;
          if (entries.length === query.limit) return { entries, next: entries.at(-1)?.seq ?? before };
          entries.push(entry);
        }
        before = from;
      }
      return { entries, ...(before > 1 ? { next: before } : {}) };
    },
    check: async (scope) => {
      let head = AUDIT_BEGIN;
      let entries = 0;
      for (;;) {
        const page = await journal.read(streams.audit(scope), { after: entries, limit: PAGE });
        for (const record of page) {
          const { hash, ...linked } = keptIn(record);
          if (linked.previous !== head || hashOf(head, linked) !== hash)
            return { entries, head, intact: false, brokenAt: record.seq };
          head = hash;
          entries = record.seq;
        }
        if (page.length < PAGE) return { entries, head, intact: true };
      }
    },
  };

  function stamped(scope: AuditScope, note: AuditNote): Waiting['entry'] {
    return {
      at: realClock.now().toISOString(),
      ...(scope === 'installation' ? {} : { time: clocks.of(scope).now().toISOString() }),
      ...note,
    };
  }
}

function keptIn({ event }: JournalRecord): Kept {
  return event as unknown as Kept;
}

function isWanted(entry: AuditEntry, { subject, action, since, until }: AuditQuery): boolean {
  return (
    (subject === undefined || entry.who?.subject === subject || entry.who?.username === subject) &&
    (action === undefined || entry.action.startsWith(action)) &&
    (since === undefined || entry.at >= since) &&
    (until === undefined || entry.at < until)
  );
}
