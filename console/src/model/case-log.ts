import type { Exchange, ExchangePayload } from '../../../contracts/exchange.js';
import type { RunEvent } from '../../../contracts/run-event.js';
import type { RunRecord } from './timeline.js';

/** What the browser knows of a case: one buffer for what was fetched and what came live; nothing counts twice. */
export interface CaseLog {
  /** False when it was known. */
  addEvent(run: string, seq: number, event: RunEvent): boolean;
  addExchange(exchange: Exchange, payload?: ExchangePayload): boolean;
  payloadOf(exchange: string): ExchangePayload | undefined;
  /** The greatest number up to which no event of the run is missing. */
  complete(run: string): number;
  records(): readonly RunRecord[];
  exchanges(): readonly Exchange[];
}

export function createCaseLog(): CaseLog {
  const events = new Map<string, Map<number, RunRecord>>();
  const upTo = new Map<string, number>();
  const exchanges = new Map<string, Exchange>();
  const payloads = new Map<string, ExchangePayload>();
  return {
    addEvent: (run, seq, event) => {
      const ofRun = events.get(run) ?? new Map<number, RunRecord>();
      events.set(run, ofRun);
      if (ofRun.has(seq)) return false;
      ofRun.set(seq, { run, seq, event });
      let complete = upTo.get(run) ?? 0;
      while (ofRun.has(complete + 1)) complete += 1;
      upTo.set(run, complete);
      return true;
    },
    addExchange: (exchange, payload) => {
      if (payload !== undefined) payloads.set(exchange.id, payload);
      if (exchanges.has(exchange.id)) return false;
      exchanges.set(exchange.id, exchange);
      return true;
    },
    payloadOf: (exchange) => payloads.get(exchange),
    complete: (run) => upTo.get(run) ?? 0,
    records: () => [...events.values()].flatMap((ofRun) => [...ofRun.values()]),
    exchanges: () => [...exchanges.values()],
  };
}
