import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Exchange, ExchangePayload } from '../../../contracts/exchange.js';
import type { RunEvent } from '../../../contracts/run-event.js';
import { useApi, useCase } from '../api/queries.js';
import type { SequencedEvent, SequencedExchange } from '../api/types.js';
import { createCaseLog, type CaseLog } from '../model/case-log.js';
import { timelineOf, type TimelineEntry } from '../model/timeline.js';
import type { StreamMessage, StreamState } from './event-stream.js';
import { useStream } from './use-stream.js';
import { useThrottled } from './use-throttled.js';

const REFRESH_MS = 400;
/** How often the journal's length is compared with what is here: an event may fall between a read and a stream. */
const COMPARE_MS = 15_000;

export interface LiveCase {
  readonly entries: readonly TimelineEntry[];
  readonly state: StreamState;
  /** The bodies of a call, fetched when they did not come with it. */
  readonly bodies: (exchange: Exchange) => Promise<ExchangePayload | undefined>;
}

/** The events and exchanges of one case for as long as the component lives: the past is read, the rest arrives by the stream. */
export function useCaseLog(caseId: string): LiveCase {
  const api = useApi();
  const client = useQueryClient();
  const [log] = useState(createCaseLog);
  const [version, setVersion] = useState(0);
  const { data: answer } = useCase(caseId);

  const readEvents = useCallback(
    async (run: string): Promise<boolean> => {
      const { events } = await api.get<{ events: readonly SequencedEvent[] }>(
        `/api/v1/runs/${encodeURIComponent(run)}/events?after=${log.complete(run)}`,
      );
      return events.reduce((fresh, { seq, event }) => log.addEvent(run, seq, event) || fresh, false);
    },
    [api, log],
  );
  const readExchanges = useCallback(
    async (run: string): Promise<boolean> => {
      const { exchanges } = await api.get<{ exchanges: readonly SequencedExchange[] }>(
        `/api/v1/runs/${encodeURIComponent(run)}/exchanges`,
      );
      return exchanges.reduce(
        (fresh, { exchange, payload }) => log.addExchange(exchange, payload) || fresh,
        false,
      );
    },
    [api, log],
  );

  const readRuns = useRef(new Set<string>());
  const catchUp = useThrottled(async () => {
    const { runs } = client.getQueryData<NonNullable<typeof answer>>(['case', caseId]) ?? { runs: [] };
    const fresh = await Promise.all(
      runs.flatMap(({ id, version: length }) => {
        const known = readRuns.current.has(id);
        readRuns.current.add(id);
        return [
          ...(!known || log.complete(id) < length ? [readEvents(id)] : []),
          ...(known ? [] : [readExchanges(id)]),
        ];
      }),
    );
    if (fresh.includes(true)) setVersion((before) => before + 1);
  }, REFRESH_MS);
  const refresh = useThrottled(async () => {
    await Promise.all(
      [['case', caseId], ['tasks'], ['clock']].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
  }, REFRESH_MS);

  // Also when the case comes back with another run, or with a journal that is longer than what is here.
  useEffect(catchUp, [answer, catchUp]);
  useEffect(() => {
    const timer = setInterval(refresh, COMPARE_MS);
    return () => clearInterval(timer);
  }, [refresh]);

  const state = useStream(
    { case: caseId },
    {
      onOpen: () => {
        // Whatever happened before the stream stood may be missing, except in runs that had ended before.
        const ended = (answer?.runs ?? []).filter(({ endedAt }) => endedAt !== undefined);
        readRuns.current = new Set(ended.map(({ id }) => id).filter((id) => readRuns.current.has(id)));
        refresh();
        catchUp();
      },
      onBatch: (messages) => {
        if (take(log, messages)) setVersion((before) => before + 1);
        refresh();
      },
    },
  );
  // `version` counts the changes of the log, which is not itself a value that React compares.
  const entries = useMemo(
    () => (version < 0 ? [] : timelineOf(log.records(), log.exchanges())),
    [log, version],
  );
  const bodies = useCallback(
    async (exchange: Exchange) => {
      const known = log.payloadOf(exchange.id);
      if (known === undefined && exchange.origin !== undefined) await readExchanges(exchange.origin.runId);
      return log.payloadOf(exchange.id);
    },
    [log, readExchanges],
  );
  return { entries, state, bodies };
}

function take(log: CaseLog, messages: readonly StreamMessage[]): boolean {
  let fresh = false;
  for (const { stream, seq, event } of messages) {
    if (stream === 'exchanges') fresh = log.addExchange(event as unknown as Exchange) || fresh;
    else if (stream.startsWith('run/'))
      fresh = log.addEvent(stream.slice(4), seq, event as unknown as RunEvent) || fresh;
  }
  return fresh;
}
