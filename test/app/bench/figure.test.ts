import { describe, expect, it } from '@jest/globals';
import { figure, reached } from '../../../app/bench/figure.js';
import { paced } from '../../../app/bench/pace.js';

describe('a figure', () => {
  it('is the median, with the least and the most beside it', () => {
    expect(figure('x', 's', [3, 1, 2])).toMatchObject({ median: 2, min: 1, max: 3, values: [3, 1, 2] });
    expect(figure('x', 's', [4, 1, 2, 3]).median).toBe(2);
  });

  it('is held against its target, from either side', () => {
    expect(reached(figure('x', 's', [1]))).toBeUndefined();
    expect(reached(figure('x', 's', [299], { least: 300 }))).toBe(false);
    expect(reached(figure('x', 's', [300], { least: 300 }))).toBe(true);
    expect(reached(figure('x', 's', [1.6], { most: 1.5 }))).toBe(false);
  });
});

describe('a pace', () => {
  it('does so much work, so much of it at once', async () => {
    let done = 0;
    let now = 0;
    let most = 0;
    await paced(10, 3, async () => {
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      done += 1;
    });
    expect({ done, most }).toEqual({ done: 10, most: 3 });
  });
});
