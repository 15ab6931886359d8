import type { BlockRequest, BlockResponse } from '../../contracts/block.js';
import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { Exchange, ExchangePayload } from '../../contracts/exchange.js';
import type { Ids, WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import { isJsonObject, type Json } from '../../contracts/json.js';
import { streams } from '../../contracts/streams.js';
import { saltedHash } from './hashes.js';

/** What lies apart from the public record and can be erased: the bodies, and what makes their hashes checkable. */
export interface RecordedPayload extends ExchangePayload {
  /** The path below the service as it was sent. */
  readonly path: string;
  readonly salt: string;
}

export interface Recording {
  readonly exchange: Omit<
    Exchange,
    'type' | 'id' | 'time' | 'at' | 'milliseconds' | 'requestHash' | 'responseHash'
  >;
  readonly request: BlockRequest;
  readonly response?: Pick<BlockResponse, 'body'>;
  readonly started: Started;
}

export interface Started {
  /** Workspace time and real time of the request. */
  readonly time: Date;
  readonly at: Date;
}

export interface ExchangeLog {
  start(workspace: WorkspaceId): Started;
  /** Returns once the record is durable. */
  record(workspace: WorkspaceId, recording: Recording): Promise<void>;
}

export interface ExchangeLogDeps {
  readonly log: Pick<Journal, 'append'>;
  readonly realClock: Clock;
  readonly clocks: WorkspaceClocks;
  readonly ids: Ids;
  /** A random UUID: the salt of the hashes. */
  readonly uuid: () => string;
}

/** Writes the message log: one record per call, stream `<workspace>/exchanges`. */
export function createExchangeLog({ log, realClock, clocks, ids, uuid }: ExchangeLogDeps): ExchangeLog {
  return {
    start: (workspace) => ({ time: clocks.of(workspace).now(), at: realClock.now() }),
    async record(workspace, { exchange, request, response, started }) {
      const payload: RecordedPayload = {
        path: request.path,
        query: request.query,
        requestBody: request.body ?? null,
        responseBody: response?.body ?? null,
        salt: uuid(),
      };
      const event: Exchange = {
        type: 'exchange',
        id: ids.next('exchange'),
        time: started.time.toISOString(),
        at: started.at.toISOString(),
        ...exchange,
        milliseconds: Math.max(0, realClock.now().getTime() - started.at.getTime()),
        ...payloadHashes(payload),
      };
      await log.append(streams.exchanges(workspace), 'any', [
        { event: event as unknown as Json, payload: payload as unknown as Json },
      ]);
    },
  };
}

/** The hashes that a payload must still have; kept in the public record. */
export function payloadHashes(payload: RecordedPayload): Pick<Exchange, 'requestHash' | 'responseHash'> {
  const { path, query, requestBody, responseBody, salt } = payload;
  return {
    requestHash: saltedHash(salt, { path, query, body: requestBody }),
    responseHash: saltedHash(salt, responseBody),
  };
}

export function isRecordedPayload(value: Json | undefined): value is Json & RecordedPayload {
  return isJsonObject(value) && typeof value.salt === 'string' && typeof value.path === 'string';
}
