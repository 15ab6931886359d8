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

interface IndexOfWorkspace {
  upTo: number;
  lastId: string;
  readonly byRun: Map<string, number[]>;
}

const emptyIndex = (): IndexOfWorkspace => ({ upTo: 0, lastId: '', byRun: new Map() });
const idOf = (event: unknown): string => (event as Exchange).id;

export function createExchangeIndex(journal: Journal): ExchangeIndex {
  const places = new Map<WorkspaceId, IndexOfWorkspace>();

  const catchUp = async (workspace: WorkspaceId): Promise<Map<string, number[]>> => {
    let index = places.get(workspace) ?? emptyIndex();
    const { upTo, lastId } = index;
    // Begins with the last record that is known: another one in its place means that the workspace was reset.
    let records = await journal.read(streams.exchanges(workspace), { after: Math.max(0, upTo - 1) });
    const [first] = records;
    const known = first !== undefined && first.seq === upTo && idOf(first.event) === lastId;
    if (upTo > 0 && !known) {
      index = emptyIndex();
      records = await journal.read(streams.exchanges(workspace), { after: 0 });
    }
    places.set(workspace, index);
    for (const { seq, event } of records) {
      if (seq <= index.upTo) continue;
      index.upTo = seq;
      index.lastId = idOf(event);
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
