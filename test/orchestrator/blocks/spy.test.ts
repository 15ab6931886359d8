import { describe, expect, it } from '@jest/globals';
import { ConnectionLostError } from '../../../contracts/block.js';
import { judge, type RealOutcome } from '../../../orchestrator/blocks/spy.js';

const answered = (status: number): RealOutcome => ({ kind: 'answered', response: { status, headers: {} } });
const before: RealOutcome = { kind: 'lost', error: new ConnectionLostError('refused', true) };
const unclear: RealOutcome = { kind: 'lost', error: new ConnectionLostError('dropped', false) };

/** What a spy does with each outcome: `mock`, `real`, or `unclear` (real, and the mock stands back from then on). */
const matrix: readonly (readonly [string, RealOutcome, string, string])[] = [
  ['never connected', before, 'mock', 'mock'],
  ['connection broke or no answer in time', unclear, 'mock', 'unclear'],
  ['200', answered(200), 'real', 'real'],
  ['302', answered(302), 'real', 'real'],
  ['400', answered(400), 'real', 'real'],
  ['401', answered(401), 'real', 'real'],
  ['403', answered(403), 'real', 'real'],
  ['404', answered(404), 'mock', 'real'],
  ['405', answered(405), 'mock', 'mock'],
  ['409', answered(409), 'real', 'real'],
  ['429', answered(429), 'real', 'real'],
  ['500', answered(500), 'real', 'real'],
  ['501', answered(501), 'mock', 'mock'],
  ['502', answered(502), 'mock', 'unclear'],
  ['503', answered(503), 'mock', 'mock'],
  ['504', answered(504), 'mock', 'unclear'],
];

describe('a spy', () => {
  const told = (outcome: RealOutcome, reads: boolean): string => {
    const verdict = judge(outcome, reads);
    if (verdict.kind === 'mock') return 'mock';
    return verdict.unclear ? 'unclear' : 'real';
  };

  it.each(matrix)('decides after %s', (_what, outcome, read, write) => {
    expect([told(outcome, true), told(outcome, false)]).toEqual([read, write]);
  });
});
