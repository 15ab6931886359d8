import { describe, expect, it } from '@jest/globals';
import { hasYoungGeneration, YOUNG_GENERATION } from '../../cli/young-generation.js';

describe('the young generation', () => {
  it.each([
    [[], '', false],
    [['--enable-source-maps'], '--no-warnings', false],
    [[YOUNG_GENERATION], '', true],
    [['--max_semi_space_size=16'], '', true],
    [[], '--no-warnings --max-semi-space-size=32', true],
  ])('of %j with NODE_OPTIONS "%s" was chosen: %s', (execArgv, nodeOptions, chosen) => {
    expect(hasYoungGeneration(execArgv, nodeOptions)).toBe(chosen);
  });
});
