import { afterEach, describe, expect, it } from '@jest/globals';
import type { ConformanceReport } from '../../../app/block-conformance/report.js';
import { blockIds, type BlockId } from '../../../contracts/block.js';
import { openCandidate, type Candidate } from './candidate.js';
import { seeds } from './seeds.js';

let candidate: Candidate | undefined;
afterEach(async () => {
  await candidate?.close();
  candidate = undefined;
});

function faults({ checks }: ConformanceReport): readonly string[] {
  return checks.flatMap(({ id, outcome }) =>
    outcome.kind === 'failed'
      ? outcome.violations.map(({ rule, message }) => `${id}: ${rule}: ${message}`)
      : [],
  );
}
function skipped({ checks }: ConformanceReport): readonly string[] {
  return checks.flatMap(({ id, outcome }) =>
    outcome.kind === 'skipped' ? [`${id}: ${outcome.reason}: ${outcome.detail}`] : [],
  );
}

/** Blocks whose deployed systems speak an older dialect too. */
const older: readonly BlockId[] = ['digital-registries', 'payments', 'registration'];
const cases = blockIds.flatMap((block) => [
  [block, 'published'] as const,
  ...(older.includes(block) ? [[block, 'older'] as const] : []),
]);

describe('our own blocks', () => {
  it.each(cases)('fulfil their suite whole: %s, %s dialect', async (block, dialect) => {
    candidate = await openCandidate(block, seeds[block]);
    const report = await candidate.check({ dialect });
    expect(faults(report)).toEqual([]);
    expect(skipped(report)).toEqual([]);
    expect(report).toMatchObject({
      verdict: 'passed',
      index: { operations: { percent: 100 }, checks: { percent: 100 } },
      score: { percent: 100 },
    });
  });
});
