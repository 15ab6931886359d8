import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Run } from '../../../contracts/run.js';
import { useApi } from '../api/queries.js';
import type { SequencedEvent, SequencedExchange } from '../api/types.js';
import type { StreamState } from './event-stream.js';
import { useStream } from './use-stream.js';
import { useThrottled } from './use-throttled.js';

const REFRESH_MS = 500;

export interface RunLog {
  readonly events: readonly SequencedEvent[];
  readonly exchanges: readonly SequencedExchange[];
  readonly state: StreamState;
}

/** The journal and the calls of one run, for as long as somebody looks: whatever the stream tells of is read. */
export function useRunLog(run: Run): RunLog {
  const api = useApi();
  const client = useQueryClient();
  const [events, setEvents] = useState<readonly SequencedEvent[]>([]);
  const [exchanges, setExchanges] = useState<readonly SequencedExchange[]>([]);
  const path = `/api/v1/runs/${encodeURIComponent(run.id)}`;
  const read = useThrottled(async () => {
    const after = events.at(-1)?.seq ?? 0;
    const [fresh, calls] = await Promise.all([
      api.get<{ events: readonly SequencedEvent[] }>(`${path}/events?after=${after}`),
      api.get<{ exchanges: readonly SequencedExchange[] }>(`${path}/exchanges`),
    ]);
    setEvents((before) => {
      const last = before.at(-1)?.seq ?? 0;
      const news = fresh.events.filter(({ seq }) => seq > last);
      return news.length === 0 ? before : [...before, ...news];
    });
    setExchanges(calls.exchanges);
    await client.invalidateQueries({ queryKey: ['run', run.id], exact: true });
  }, REFRESH_MS);
  useEffect(read, [read]);
  const state = useStream(
    { case: run.caseId },
    {
      onOpen: read,
      onBatch: (messages) => {
        if (messages.some(({ stream }) => stream === `run/${run.id}` || stream === 'exchanges')) read();
      },
    },
  );
  return { events, exchanges, state };
}

/** The kinds of event that a run's list must be read anew for. */
export function movesRuns(type: string): boolean {
  return type.startsWith('run.') || type === 'workspace.reset' || type === 'workspace.restored';
}
