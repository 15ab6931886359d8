import type { SeenRequest } from '../../../contracts/block.js';
import { CORRELATION_HEADER, isCorrelationId } from '../../../contracts/correlation.js';
import type { Clock } from '../../../contracts/clock.js';
import type { Json } from '../../../contracts/json.js';
import type { JournalEntry, JournaledMessage } from '../../../contracts/request-journal.js';
import { clientOf } from '../client-name.js';
import { keepBody } from './keep-body.js';
import { isSecretField, isSecretHeader, REDACTED, withoutTokens } from './secrets.js';

/** An entry as it is stored: the path's template beside it, from which the masked path is made. */
export interface StoredEntry extends JournalEntry {
  readonly template?: string;
}

/** What is written down of a request. Credentials end here: they are in no store and in no memory that lasts. */
export function writeEntry(
  entry: number,
  seen: SeenRequest,
  { workspaceClock, realClock, largestBody }: EntryDeps,
): StoredEntry {
  const { request, response, faults } = seen;
  const rule = response?.headers['x-sandbox-rule'];
  const client = clientOf(request.headers);
  const correlation = correlationIn(request.headers);
  const at = seen.startedAt.getTime();
  // By how much the workspace is ahead is known now; nobody moves the clock by the milliseconds between.
  const ahead = workspaceClock.now().getTime() - realClock.now().getTime();
  return {
    entry,
    at: seen.startedAt.toISOString(),
    time: new Date(at + ahead).toISOString(),
    block: seen.block,
    ...(seen.operationId === undefined ? {} : { operationId: seen.operationId }),
    ...(seen.template === undefined ? {} : { template: seen.template }),
    method: request.method,
    path: withoutTokens(request.path.slice(0, LONGEST_PATH)),
    query: queryOf(request.query),
    status: response?.status ?? 0,
    ...(rule === undefined ? {} : { rule }),
    milliseconds: seen.milliseconds,
    ...(faults.length === 0
      ? {}
      : { faults: [...new Map(faults.map(({ id, kind }) => [id, { id, kind }])).values()] }),
    ...(client === undefined ? {} : { client }),
    ...(request.origin === undefined ? {} : { origin: request.origin }),
    ...(correlation === undefined ? {} : { correlation }),
    answeredBy: seen.answeredBy,
    ...(seen.lost === undefined ? {} : { lost: seen.lost }),
    request: messageOf(request, largestBody),
    ...(response === undefined ? {} : { response: messageOf(response, largestBody) }),
  };
}

function correlationIn(headers: Readonly<Record<string, string>>): string | undefined {
  const given = headers[CORRELATION_HEADER];
  return given !== undefined && isCorrelationId(given) ? given : undefined;
}

export interface EntryDeps {
  readonly workspaceClock: Clock;
  readonly realClock: Clock;
  /** In characters. */
  readonly largestBody: number;
}

const LONGEST_PATH = 2000;
const LONGEST_VALUE = 2000;

function queryOf(query: SeenRequest['request']['query']): JournalEntry['query'] {
  const keep = (name: string, value: string): string =>
    isSecretField(name, true) ? REDACTED : withoutTokens(value.slice(0, LONGEST_VALUE));
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? keep(name, value) : value.map((one) => keep(name, one)),
    ]),
  );
}

function messageOf(
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body?: Json },
  largestBody: number,
): JournaledMessage {
  const shown = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isSecretHeader(name) ? REDACTED : withoutTokens(value.slice(0, LONGEST_VALUE)),
    ]),
  );
  if (body === undefined) return { headers: shown };
  const kept = keepBody(body, largestBody);
  return { headers: shown, body: kept.body, ...(kept.cut ? { cut: true } : {}) };
}
