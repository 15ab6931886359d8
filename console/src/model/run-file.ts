import type { Case } from '../../../contracts/case.js';
import type { ExchangePayload } from '../../../contracts/exchange.js';
import type { Json } from '../../../contracts/json.js';
import type { Run } from '../../../contracts/run.js';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import type { SequencedEvent, SequencedExchange } from '../api/types.js';
import { isJsonObject } from './json.js';

export const RUN_FILE = 'govstack-sandbox-run/1';

/** A run as a file: everything that its page shows, so that it opens without a server. */
export interface RunFile {
  readonly format: typeof RUN_FILE;
  readonly exportedAt: string;
  readonly case: Case;
  readonly run: Run;
  readonly workflow: WorkflowDocument;
  readonly events: readonly (SequencedEvent & { readonly payload?: Json })[];
  readonly exchanges: readonly SequencedExchange[];
}

/** What is about people lies in payloads, and stays out unless somebody asks for it. */
export function runFile(
  parts: Omit<RunFile, 'format'>,
  { withData }: { readonly withData: boolean },
): RunFile {
  return {
    ...parts,
    format: RUN_FILE,
    events: withData ? parts.events : parts.events.map(({ seq, event }) => ({ seq, event })),
    exchanges: withData ? parts.exchanges : parts.exchanges.map(({ seq, exchange }) => ({ seq, exchange })),
  };
}

/** Undefined for anything that is no such file: the page must not break on what somebody chose by mistake. */
export function parseRunFile(text: string): RunFile | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(value) || value['format'] !== RUN_FILE) return undefined;
  const { run, workflow, events, exchanges } = value;
  const whole =
    isJsonObject(value['case']) &&
    isJsonObject(run) &&
    typeof run['id'] === 'string' &&
    isJsonObject(run['workflow']) &&
    Array.isArray(run['waiting']) &&
    isJsonObject(workflow) &&
    isJsonObject(workflow['document']) &&
    Array.isArray(workflow['do']) &&
    everyHas(events, 'event') &&
    everyHas(exchanges, 'exchange');
  return whole ? (value as unknown as RunFile) : undefined;
}

function everyHas(list: unknown, member: string): boolean {
  return (
    Array.isArray(list) &&
    list.every((one) => isJsonObject(one) && typeof one['seq'] === 'number' && isJsonObject(one[member]))
  );
}

export function payloadsOf(exchanges: readonly SequencedExchange[]): ReadonlyMap<string, ExchangePayload> {
  return new Map(
    exchanges.flatMap(({ exchange, payload }) => (payload === undefined ? [] : [[exchange.id, payload]])),
  );
}
