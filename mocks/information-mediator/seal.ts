import type { Clock } from '../../contracts/clock.js';
import type { Seal } from '../../contracts/exchange.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import { streams } from '../../contracts/streams.js';
import { createMutex } from '../kit/mutex.js';
import { chainStart, fold, mark, toSeal } from './chain.js';
import { verifyLog, type Verification } from './verify-log.js';

export interface SealerDeps {
  readonly journal: Journal;
  readonly realClock: Clock;
  /** Most records under one seal. */
  readonly batch?: number;
}

export interface Sealer {
  /**
   * Seals what the message log got since the last seal; returns the last seal, undefined while nothing was ever
   * recorded. Another process that seals at the same time wins or loses as a whole: a seal is never written twice.
   */
  seal(workspace: WorkspaceId): Promise<Seal | undefined>;
  /** The last seal. Its head is what reports print. */
  last(workspace: WorkspaceId): Promise<Seal | undefined>;
  /** Recomputes the whole chain, or from the seal that covers record `from` on, and the hashes of all bodies that are still there. */
  verify(workspace: WorkspaceId, from?: number): Promise<Verification>;
}

/** Folds the message log of each workspace into one hash chain. One sealer at a time per workspace. */
export function createSealer({ journal, realClock, batch = 256 }: SealerDeps): Sealer {
  const mutex = createMutex();

  async function lastSeal(workspace: WorkspaceId): Promise<{ seal: Seal | undefined; version: number }> {
    const version = await journal.version(streams.seals(workspace));
    const [record] = await journal.read(streams.seals(workspace), {
      after: Math.max(0, version - 1),
      limit: 1,
    });
    return { seal: record && shown(toSeal(record)), version };
  }

  async function sealAll(workspace: WorkspaceId): Promise<Seal | undefined> {
    let { seal, version } = await lastSeal(workspace);
    for (;;) {
      const records = await journal.read(streams.exchanges(workspace), {
        after: seal?.upTo ?? 0,
        limit: batch,
      });
      const latest = records.at(-1);
      if (latest === undefined) return seal;
      const head = records.reduce(fold, seal?.head ?? chainStart(workspace));
      const next: Seal = { type: 'seal', upTo: latest.seq, head, at: realClock.now().toISOString() };
      const marked = { ...next, records: records.map(mark) };
      const result = await journal.append(streams.seals(workspace), version, [{ event: marked }]);
      // Lost to another process: go on from its seal.
      if (result.kind === 'conflict') ({ seal, version } = await lastSeal(workspace));
      else [seal, version] = [next, result.version];
    }
  }

  return {
    seal: (workspace) => mutex.run(workspace, () => sealAll(workspace)),
    last: async (workspace) => (await lastSeal(workspace)).seal,
    verify: (workspace, from) => mutex.run(workspace, () => verifyLog(journal, workspace, { batch, from })),
  };
}

/** Reports print heads; what each record was is for the verification. */
function shown({ type, upTo, head, at }: Seal): Seal {
  return { type, upTo, head, at };
}
