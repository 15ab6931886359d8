import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { CaseFile } from '../../../contracts/case-file.js';
import type { Exchange } from '../../../contracts/exchange.js';
import type { JsonObject } from '../../../contracts/json.js';
import type { RunEvent } from '../../../contracts/run-event.js';
import { useApi } from '../api/queries.js';
import { createCaseLog, type CaseLog } from '../model/case-log.js';
import type { StoryLog } from '../model/story.js';
import type { StreamMessage, StreamState } from './event-stream.js';
import { useStream } from './use-stream.js';
import { useThrottled } from './use-throttled.js';

const REFRESH_MS = 600;

export interface LiveStory {
  readonly file: CaseFile | undefined;
  readonly log: StoryLog | undefined;
  readonly error: unknown;
  readonly state: StreamState;
  readonly refetch: () => void;
}

/** A case file that grows while one looks at it: read whole when something new begins, fed by the stream between. */
export function useStory(caseId: string): LiveStory {
  const api = useApi();
  const client = useQueryClient();
  const [log] = useState(createCaseLog);
  const [version, setVersion] = useState(0);
  const queryKey = useMemo(() => ['case-file', caseId], [caseId]);
  const query = useQuery({
    queryKey,
    enabled: caseId !== '',
    queryFn: async () => {
      const file = await api.get<CaseFile>(`/api/v1/cases/${encodeURIComponent(caseId)}/export`);
      fill(log, file);
      return file;
    },
  });
  const file = query.data;
  const refresh = useThrottled(async () => {
    await Promise.all(
      [queryKey, ['tasks'], ['clock']].map((key) => client.invalidateQueries({ queryKey: key })),
    );
  }, REFRESH_MS);
  const state = useStream('all', {
    onOpen: refresh,
    onBatch: (messages) => {
      const runs = new Set(file?.cases.flatMap((one) => one.runs.map(({ id }) => id as string)));
      const taken = take(log, runs, messages);
      if (taken.fresh) setVersion((before) => before + 1);
      if (taken.unknown) refresh();
    },
  });
  const story = useMemo(() => {
    if (file === undefined || version < 0) return undefined;
    fill(log, file);
    return logOf(file, log);
  }, [file, log, version]);
  const refetch = useCallback(() => void query.refetch(), [query]);
  return { file, log: story, error: query.error, state, refetch };
}

/** The story's log of a file that nothing is added to. */
export function closedLog(file: CaseFile): StoryLog {
  const log = createCaseLog();
  fill(log, file);
  return logOf(file, log);
}

function logOf(file: CaseFile, log: CaseLog): StoryLog {
  const { caseId, cases, tasks, useCase } = file;
  return { caseId, cases, tasks, useCase, records: log.records(), exchanges: log.exchanges() };
}

function fill(log: CaseLog, { events, exchanges }: CaseFile): void {
  for (const { run, seq, event } of events) log.addEvent(run, seq, event);
  for (const { exchange, payload } of exchanges) log.addExchange(exchange, payload);
}

/** What tells of a run, a task or a case that the file does not know yet: it is read again. */
function take(
  log: CaseLog,
  runs: ReadonlySet<string>,
  messages: readonly StreamMessage[],
): { fresh: boolean; unknown: boolean } {
  let fresh = false;
  let unknown = false;
  for (const { stream, seq, event } of messages) {
    if (stream === 'exchanges') {
      const exchange = event as unknown as Exchange;
      if (runs.has(exchange.origin?.runId ?? '')) fresh = log.addExchange(exchange) || fresh;
    } else if (stream.startsWith('run/')) {
      const run = stream.slice('run/'.length);
      if (runs.has(run)) {
        fresh = log.addEvent(run, seq, event as unknown as RunEvent) || fresh;
        unknown ||= /^(run\.|case\.moved)/.test(typeOf(event));
      } else unknown ||= /^(run\.created|case\.moved)/.test(typeOf(event));
    } else unknown ||= /^(case\.opened|human-task\.|workspace\.)/.test(typeOf(event));
  }
  return { fresh, unknown };
}

function typeOf(event: JsonObject): string {
  return typeof event['type'] === 'string' ? event['type'] : '';
}
