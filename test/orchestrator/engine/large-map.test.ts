import { describe, expect, it } from '@jest/globals';
import { documentOf, engineDeps, newRun, workflow } from './drive.js';
import { Execution, type JournaledEvent } from '../../../orchestrator/engine/index.js';

const map = documentOf(
  workflow(`
  - map:
      for: { each: n, in: '[range(.count)]' }
      metadata: { sandbox: { concurrency: 1000 } }
      do: [{ ask: { call: 'ask:1.0.0@default', with: { n: '\${ $n }' } } }]`),
);

/** Counts evaluations rather than time: the work for an item must not grow with the number of items. */
function run(count: number): { evaluations: number; replayed: number; output: unknown; cancelled: number } {
  let evaluations = 0;
  const deps = {
    ...engineDeps,
    evaluate: (...args: Parameters<typeof engineDeps.evaluate>) => {
      evaluations += 1;
      return engineDeps.evaluate(...args);
    },
    resolve: (...args: Parameters<typeof engineDeps.resolve>) => {
      evaluations += 1;
      return engineDeps.resolve(...args);
    },
  };
  const time = new Date('2026-01-01T00:00:00Z');
  const journal: JournaledEvent[] = [newRun(map, { count })];
  const start = (): Execution =>
    new Execution({ runId: 'run-1', document: map, journal, deps, now: () => ({ time, at: time }) });
  const execution = start();
  let cancelled = 0;
  for (let answered = 0; ;) {
    const { events, effects } = execution.take();
    for (const event of events) journal.push(event);
    if (effects.length === 0) break;
    for (const effect of effects) {
      if (effect.kind !== 'call') continue;
      answered += 1;
      execution.complete(effect.key, answered);
      if (answered === Math.floor(count / 2)) {
        // A run half done is replayed, and one that is cancelled tells of what was under way.
        const halfway = start();
        halfway.take();
        halfway.receive(1, { kind: 'cancel', id: 'c', reason: 'test' });
        cancelled = halfway.take().events.filter(({ event }) => event.type === 'task.cancelled').length;
      }
    }
  }
  const before = evaluations;
  start();
  return { evaluations: before, replayed: evaluations - before, output: execution.memo.output, cancelled };
}

describe('a map of ten thousand items', () => {
  it('costs ten times one of a thousand, to run and to replay, and can be cancelled', () => {
    const thousand = run(1000);
    const tenThousand = run(10_000);
    expect((tenThousand.output as unknown[]).length).toBe(10_000);
    expect(tenThousand.evaluations).toBeLessThan(thousand.evaluations * 11);
    expect(tenThousand.replayed).toBeLessThan(thousand.replayed * 11 + 10);
    expect(tenThousand.cancelled).toBeGreaterThan(1000);
  });
});
