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

/**
 * What no check can do without what only a person can give, by operation. A consent signature is completed by the
 * attestation that its person acted, for that person and agreement alone: no check can make one, and no fixture hold one.
 */
const beyondChecks: Readonly<Partial<Record<BlockId, string>>> = {
  consent: 'serviceIndividualSignatureUpdate',
};
const partsOfCheck = ['answer', 'method', 'missing', 'type', 'limit', 'malformed', 'empty', 'huge'];

describe('our own blocks', () => {
  it.each(cases)('fulfil their suite whole: %s, %s dialect', async (block, dialect) => {
    candidate = await openCandidate(block, seeds[block]);
    const report = await candidate.check({ dialect });
    expect(faults(report)).toEqual([]);
    const beyond = beyondChecks[block];
    expect(skipped(report)).toEqual(
      beyond === undefined
        ? []
        : partsOfCheck.map((part) => `${beyond}/${part}: no-fixture: the fixtures name no signature`),
    );
    expect(report).toMatchObject({
      verdict: 'passed',
      index: { operations: { percent: 100 }, ...(beyond === undefined ? { checks: { percent: 100 } } : {}) },
      score: { percent: 100 },
    });
  });
});
