import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../orchestrator/expressions/compiled/compile.js';

/** What docs/reference/expressions.md says of the syntax; its lists of builtins are made from the code itself. */
describe('the page about expressions', () => {
  it.each([
    '.a, .["a"], .[0], .[-1], .[1:3], .[], .., .a?, .[]?',
    '{a: 1, $b, "c\\(1)": 2, (.f): 3}',
    'if .a then 1 elif .b then 2 else 3 end',
    'try error("x") catch .',
    '. as $x | $x',
    'reduce .[] as $x (0; . + $x)',
    'foreach .[] as $x (0; . + $x; [$x, .])',
    'def f(g; $x): g + $x; def r: if . > 9 then . else . + 1 | r end; f(.a; 1), r',
    '.a = 1 | .b |= . + 1 | .c += 1 | .d -= 1 | .e *= 2 | .f /= 2 | .g %= 2 | .h //= 2',
  ])('%s is compiled', (program) => {
    expect(compile(program)).toBeDefined();
  });

  it.each([
    '. as {a: $x, b: [$y]} | $x',
    '.[] as [$a] ?// $a | $a',
    'label $out | break $out',
    '$__loc__',
    '1.0',
    '1e1000',
  ])('%s runs on jq', (program) => {
    expect(compile(program)).toBeUndefined();
  });
});
