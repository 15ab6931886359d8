import type { Exchange, ExchangePayload } from '../contracts/exchange.js';
import type { WorkspaceId } from '../contracts/ids.js';
import type { Journal } from '../contracts/journal.js';
import { streams } from '../contracts/streams.js';

export interface IndexedExchange {
  readonly seq: number;
  readonly exchange: Exchange;
  readonly payload?: ExchangePayload;
}

/** Finds exchanges in the message log, by run, by case, by the person they are about: an index of places, caught up at each use. */
export interface ExchangeIndex {
  /** Of a run, in order. */
  of(workspace: WorkspaceId, run: string): Promise<readonly IndexedExchange[]>;
  /** Places under any of these keys (`ofCase`, `ofSubject`), each once. */
  places(workspace: WorkspaceId, keys: readonly string[]): Promise<readonly number[]>;
  read(workspace: WorkspaceId, seqs: readonly number[]): Promise<readonly IndexedExchange[]>;
}

export const ofCase = (id: string): string => `case ${id}`;
export const ofSubject = (key: string): string => `subject ${key}`;
const ofRun = (id: string): string => `run ${id}`;

interface IndexOfWorkspace {
  upTo: number;
  lastId: string;
  readonly byKey: Map<string, number[]>;
}

const emptyIndex = (): IndexOfWorkspace => ({ upTo: 0, lastId: '', byKey: new Map() });
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
      for (const key of keysOf(event as unknown as Exchange)) {
        const seqs = index.byKey.get(key) ?? [];
        seqs.push(seq);
        index.byKey.set(key, seqs);
      }
    }
    return index.byKey;
  };

  const read: ExchangeIndex['read'] = async (workspace, seqs) => {
    const records = await Promise.all(
      seqs.map((seq) => journal.read(streams.exchanges(workspace), { after: seq - 1, limit: 1 })),
    );
    return records.flat().map(({ seq, event, payload }) => ({
      seq,
      exchange: event as unknown as Exchange,
      ...(payload === undefined ? {} : { payload: payload as unknown as ExchangePayload }),
    }));
  };

  return {
    of: async (workspace, run) => read(workspace, (await catchUp(workspace)).get(ofRun(run)) ?? []),
    places: async (workspace, keys) => {
      const byKey = await catchUp(workspace);
      return [...new Set(keys.flatMap((key) => byKey.get(key) ?? []))];
    },
    read,
  };
}

/** What is not about persons is nobody's, although it happened in somebody's case. */
function keysOf({ origin, subject, basis }: Exchange): readonly string[] {
  return [
    ...(origin === undefined ? [] : [ofRun(origin.runId)]),
    ...(origin === undefined || basis?.kind === 'not-personal' ? [] : [ofCase(origin.caseId)]),
    ...(subject === undefined ? [] : [ofSubject(subject)]),
  ];
}
