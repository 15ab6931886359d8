import { expect, it } from '@jest/globals';
import { createCrashPoints } from './crash-points.js';
import { createKept, startCrashWorld, workspace } from './crash-world.js';
import { workflow } from '../../orchestrator/engine/workflow-text.js';

const workflows = [
  workflow(`
  - one:
      call: openapi
      with:
        document: { endpoint: 'govstack://payments/openapi.json' }
        operationId: pay
        parameters: { name: a }`),
];
const request = {
  workspace,
  useCase: 'test',
  kind: 'test',
  key: 'k',
  unrepeatable: true,
  input: {},
  metadata: {},
};

/** Without a key of its own, a client cannot ask again: whatever was begun for it must come to its end by itself. */
it('never leaves a case without a run, wherever the opening of it was cut short', async () => {
  const counting = createCrashPoints();
  const plain = await startCrashWorld(createKept(), counting, workflows, 'lost');
  await plain.runtime.openCase(request);
  const points = counting.passed.indexOf('after enqueue advance');
  plain.close();
  expect(points).toBeGreaterThan(8);
  const outcomes: string[] = [];
  for (let at = 0; at <= points; at += 1) {
    const kept = createKept();
    const dying = createCrashPoints(at);
    const first = await startCrashWorld(kept, dying, workflows, 'lost');
    await Promise.race([first.runtime.openCase(request), dying.crashed]);
    expect(dying.dead()).toBe(true);
    first.close();
    const next = await startCrashWorld(kept, createCrashPoints(), workflows, 'lost');
    await next.settle();
    const cases = (await next.runtime.cases.collection.find()).length;
    const runs = (await next.runtime.store.runs.find()).map(({ doc }) => doc.status);
    const left = await kept.documents.collection('openings').count();
    outcomes.push(`${cases} case, ${runs.join()} run, ${kept.ledger.entries.length} paid, ${left} left`);
    next.close();
  }
  // Before anything was written down nothing is known of it; from then on it is done to the end.
  expect(new Set(outcomes)).toEqual(
    new Set(['0 case,  run, 0 paid, 0 left', '1 case, completed run, 1 paid, 0 left']),
  );
});
