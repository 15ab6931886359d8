import { afterEach, describe, expect, it } from '@jest/globals';
import type { ConformanceReport } from '../../../app/block-conformance/report.js';
import type { BlockId } from '../../../contracts/block.js';
import { openCandidate, type Candidate } from './candidate.js';

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

const seeds: Partial<Record<BlockId, string>> = { 'digital-registries': 'compliance' };

describe.each(['digital-registries'] as const)('our own %s', (block) => {
  it.each(['published', 'older'] as const)('fulfils its suite, in the %s dialect', async (dialect) => {
    candidate = await openCandidate(block, seeds[block]);
    const report = await candidate.check({ dialect });
    expect(faults(report)).toEqual([]);
    expect(report.verdict).toBe('passed');
    expect(skipped(report)).toEqual([]);
  });
});
