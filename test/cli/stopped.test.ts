import { describe, expect, it } from '@jest/globals';
import { leftOver } from '../../cli/stopped.js';

describe('what people are told at the end of a drain', () => {
  const nothing = { requests: 0, jobs: 0, queued: 0 };

  it('is nothing when nothing is left', () => {
    expect(leftOver({ finished: true, left: nothing }, 20_000)).toBeUndefined();
  });

  it('is what was left, and that it is taken up', () => {
    expect(leftOver({ finished: false, left: { requests: 1, jobs: 3, queued: 0 } }, 20_000)).toBe(
      'Not everything in hand was finished within 20 s (SANDBOX_DRAIN_SECONDS): 1 request, 3 jobs in hand. It is kept: the next start goes on with it.',
    );
    expect(leftOver({ finished: true, left: { ...nothing, queued: 1 } }, 20_000)).toBe(
      'Left for the next start, which goes on with it: 1 job in the queue.',
    );
    // Counted in the moment of the bound: it may have been done by then.
    expect(leftOver({ finished: false, left: nothing }, 1_000)).toMatch(/^Not everything .* within 1 s/);
  });
});
