import type { Exchange, ExchangePayload } from '../contracts/exchange.js';
import type { WorkspaceId } from '../contracts/ids.js';
import type { Journal } from '../contracts/journal.js';
import { streams } from '../contracts/streams.js';

export interface IndexedExchange {
  readonly seq: number;
  readonly exchange: Exchange;
  readonly payload?: ExchangePayload;
}

/** Finds the exchanges of a run in the message log: an index of places, caught up at each use. */
export interface ExchangeIndex {
  of(workspace: WorkspaceId, run: string): Promise<readonly IndexedExchange[]>;
}

export function createExchangeIndex(journal: Journal): ExchangeIndex {
  const places = new Map<WorkspaceId, { upTo: number; byRun: Map<string, number[]> }>();

  const catchUp = async (workspace: WorkspaceId): Promise<Map<string, number[]>> => {
    const index = places.get(workspace) ?? { upTo: 0, byRun: new Map<string, number[]>() };
    places.set(workspace, index);
    for (const { seq, event } of await journal.read(streams.exchanges(workspace), { after: index.upTo })) {
      if (seq <= index.upTo) continue;
      index.upTo = seq;
      const run = (event as unknown as Exchange).origin?.runId;
      if (run === undefined) continue;
      const seqs = index.byRun.get(run) ?? [];
      seqs.push(seq);
      index.byRun.set(run, seqs);
    }
    return index.byRun;
  };

  return {
    of: async (workspace, run) => {
      const seqs = (await catchUp(workspace)).get(run) ?? [];
      const records = await Promise.all(
        seqs.map((seq) => journal.read(streams.exchanges(workspace), { after: seq - 1, limit: 1 })),
      );
      return records.flat().map(({ seq, event, payload }) => ({
        seq,
        exchange: event as unknown as Exchange,
        ...(payload === undefined ? {} : { payload: payload as unknown as ExchangePayload }),
      }));
    },
  };
}
