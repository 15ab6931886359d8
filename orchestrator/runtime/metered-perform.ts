import type { EffectOrigin, EffectOutcome } from '../../contracts/catalog-function.js';
import type { Metrics, RunMark, StepOutcome } from '../../contracts/metrics.js';
import type { RunEventBody } from '../../contracts/run-event.js';
import type { Effect } from '../engine/index.js';
import { isBlockCall } from './block-call.js';

type Performed = Exclude<Effect, { kind: 'withdraw' }>;
type Perform = (effect: Performed, origin: EffectOrigin) => Promise<EffectOutcome>;

const outcomes: Readonly<Record<EffectOutcome['kind'], StepOutcome>> = {
  output: 'done',
  waiting: 'waiting',
  error: 'error',
};

/** The catalog has fewer functions; documents may ask for any, and must not fill the registry with their names. */
const MOST_FUNCTIONS = 50;

/** Measures how long each step takes to be performed. */
export function meteredPerform(perform: Perform, metrics: Pick<Metrics, 'step'>): Perform {
  const known = new Set<string>();
  return async (effect, origin) => {
    const begun = performance.now();
    const note = (outcome: StepOutcome): void =>
      metrics.step({ kind: kindOf(effect, known), outcome, seconds: (performance.now() - begun) / 1000 });
    try {
      const outcome = await perform(effect, origin);
      note(outcomes[outcome.kind]);
      return outcome;
    } catch (error) {
      note('broken');
      throw error;
    }
  };
}

function kindOf(effect: Performed, functions: Set<string>): string {
  if (effect.kind !== 'call') return effect.kind;
  const name = effect.task.call.split(/[:@]/)[0] ?? '';
  if (name === 'openapi') return isBlockCall(effect) ? 'block' : 'openapi';
  if (functions.size < MOST_FUNCTIONS) functions.add(name);
  return functions.has(name) ? name.slice(0, 40) : 'other';
}

const marks: Partial<Record<RunEventBody['type'], RunMark>> = {
  'run.completed': 'completed',
  'run.faulted': 'faulted',
  'run.cancelled': 'cancelled',
};

/** Counts what journaled events say about the life of a run. */
export function countRunEvents(
  metrics: Pick<Metrics, 'run'>,
  useCase: string,
  events: readonly { readonly event: { readonly type: RunEventBody['type'] } }[],
): void {
  for (const { event } of events) {
    const mark = marks[event.type];
    if (mark !== undefined) metrics.run(useCase, mark);
  }
}
