import type { Json } from '../../contracts/json.js';
import type { CallEffect } from '../../contracts/catalog-function.js';
import type { CloudEvent } from '../../contracts/run-event.js';
import type { WorkflowReference } from '../../contracts/workflow.js';

/**
 * What the engine asks of the world. The runtime performs an effect only after the events that lead to it are in
 * the journal. `doubtful` effects were asked for before and may have happened: same key, same arguments again.
 */
export type Effect =
  | CallEffect
  | { readonly kind: 'timer'; readonly key: string; readonly due: string }
  | { readonly kind: 'emit'; readonly key: string; readonly event: CloudEvent; readonly doubtful: boolean }
  | RunEffect
  /** Everything asked for under this task instance is no longer wanted. */
  | { readonly kind: 'withdraw'; readonly key: string };

export interface RunEffect {
  readonly kind: 'run';
  readonly key: string;
  /** Its version may be `latest`. */
  readonly workflow: WorkflowReference;
  readonly input: Json;
  readonly await: boolean;
  readonly doubtful: boolean;
}
