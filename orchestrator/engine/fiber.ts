import type { Json } from '../../contracts/json.js';
import type { CloudEvent } from '../../contracts/run-event.js';
import type { Effect } from './effect.js';
import type { EventBuffer } from './event-buffer.js';

/**
 * Tasks are written as generators: ordinary code that yields whenever it must wait. A fiber runs one of them.
 * The scheduler is synchronous and knows no time, so the same journal always leads to the same place.
 */
export type FiberBody = Generator<Instruction, Json, Json>;

export type Instruction =
  /** Resumes with the effect's output, or throws its error. A withdrawn effect never resumes. */
  | { readonly kind: 'effect'; readonly effect: Exclude<Effect, { kind: 'withdraw' }> }
  /** Resumes with the first events that `take` accepts. */
  | {
      readonly kind: 'listen';
      readonly key: string;
      readonly take: (events: EventBuffer) => readonly CloudEvent[] | undefined;
    }
  /** Resumes with all outputs in order, at most `limit` bodies at a time; throws the first error. */
  | { readonly kind: 'all'; readonly bodies: readonly (() => FiberBody)[]; readonly limit: number }
  /** Resumes with {index, output} of the first to end, or throws its error; the others are cancelled. */
  | { readonly kind: 'race'; readonly bodies: readonly (() => FiberBody)[] }
  /** Resumes when the run is no longer suspended. */
  | { readonly kind: 'gate' }
  /** Never resumes: the journal shows that it was cancelled, and what cancelled it is about to be replayed. */
  | { readonly kind: 'never' };

export type Waiting = Extract<Instruction, { kind: 'effect' | 'listen' }>;

export type Outcome =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: unknown };

export interface Fiber {
  readonly body: FiberBody;
  readonly done: (outcome: Outcome) => void;
  /** Made when there are some: most fibers have none. */
  children: Set<Fiber> | undefined;
  waiting: Waiting | undefined;
  /** Keys of events that it was given and has not yet seen. */
  taken: readonly string[] | undefined;
  ended: boolean;
}
