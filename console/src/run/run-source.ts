import type { Case } from '../../../contracts/case.js';
import type { ExchangePayload } from '../../../contracts/exchange.js';
import type { Json } from '../../../contracts/json.js';
import type { Run } from '../../../contracts/run.js';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import type { SequencedEvent, SequencedExchange } from '../api/types.js';

/** A run as its page shows it, from the sandbox or from a file. */
export interface RunSource {
  readonly of: Case;
  readonly run: Run;
  readonly workflow: WorkflowDocument;
  readonly events: readonly SequencedEvent[];
  readonly exchanges: readonly SequencedExchange[];
  /** What an event carries about people; undefined when it carries nothing, or nothing of it is here. */
  readonly payloadOf: (seq: number) => Promise<Json | undefined>;
  readonly bodiesOf: (exchange: string) => Promise<ExchangePayload | undefined>;
  /** A call as a curl command; absent where there is no server to ask. */
  readonly copyOf: ((seq: number) => Promise<string>) | undefined;
}
