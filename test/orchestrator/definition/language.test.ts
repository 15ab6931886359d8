import { describe, expect, it } from '@jest/globals';
import { callSamples } from './documents/of-calls.js';
import { taskSamples } from './documents/of-tasks.js';
import { topSamples } from './documents/of-tops.js';
import { diagnose } from './lint-bench.js';

const all = [...topSamples, ...taskSamples, ...callSamples];

describe('every sub-property of the language', () => {
  it.each(all.map((sample) => [sample.name, sample] as const))('%s', (_name, { text, verdict }) => {
    const found = diagnose(text);
    expect({ text, codes: found.map(({ code }) => code) }).toEqual({
      text,
      codes: verdict === 'valid' ? [] : expect.arrayContaining([verdict]),
    });
  });

  it('leaves no placeholder unfilled, and names a place in the text', () => {
    for (const { text } of all) {
      for (const { what, why, fix, line, column } of diagnose(text)) {
        expect(`${what} ${why} ${fix}`.replaceAll('${ {text} }', '')).not.toMatch(/(?<!\$)\{[a-z]+\}/);
        expect(line).toBeLessThanOrEqual(text.split('\n').length);
        expect(column).toBeGreaterThan(0);
      }
    }
  });
});
