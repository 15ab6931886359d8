import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../../contracts/json.js';
import { compile } from '../../../orchestrator/expressions/compiled/compile.js';
import {
  createEvaluator,
  ExpressionError,
  type Evaluator,
} from '../../../orchestrator/expressions/evaluator.js';

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = await createEvaluator();
});

function reasonOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ExpressionError) return error.reason;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('evaluate', () => {
  it('gives the first output', () => {
    expect(evaluator.evaluate('.a, .b', { a: 1, b: 2 }, {})).toBe(1);
    expect(evaluator.evaluateAll('.a, .b', { a: 1, b: 2 }, {})).toEqual([1, 2]);
  });

  it('gives null when there is no output', () => {
    expect(evaluator.evaluate('empty', 1, {})).toBeNull();
    expect(evaluator.evaluateAll('empty', 1, {})).toEqual([]);
  });

  it('counts an error after the first output', () => {
    expect(reasonOf(() => evaluator.evaluate('1, error("late")', null, {}))).toBe('late');
  });

  it('does not change its input', () => {
    const input = { a: { b: [1, 2] }, c: 1 };
    const before = structuredClone(input);
    expect(evaluator.evaluate('.a.b[0] = 9 | .c += 1 | del(.a.b[1])', input, {})).toEqual({
      a: { b: [9] },
      c: 2,
    });
    expect(input).toEqual(before);
  });

  it('does not let results of two runs share what a program constructs', () => {
    const first = evaluator.evaluate('{a: []}', null, {});
    const second = evaluator.evaluate('{a: []}', null, {});
    expect(first).toEqual(second);
    expect((first as { a: Json }).a).not.toBe((second as { a: Json }).a);
  });
});

describe('programs beyond the fast path', () => {
  it.each<[string, Json, Json]>([
    ['[match("a"; "g").offset]', 'banana', [1, 3, 5]],
    ['gsub("a"; "o")', 'banana', 'bonono'],
    ['. as {a: $x, b: [$y]} | $x + $y', { a: 1, b: [2] }, 3],
    ['@base64', 'é', 'w6k='],
    ['label $f | 1, break $f, 2', null, 1],
    ['[.[] as [$a] ?// $a | $a]', [[1], 2], [1, 2]],
    ['1.0 | tostring', null, '1.0'],
    ['{a: 1,}', null, { a: 1 }],
    [
      '{input: .x, while: 1, repeat} | tojson | @base64 | @base64d | fromjson',
      { x: 1, repeat: 2 },
      { input: 1, while: 1, repeat: 2 },
    ],
  ])('%s runs on jq itself', (program, input, output) => {
    expect(compile(program)).toBeUndefined();
    expect(evaluator.evaluate(program, input, {})).toEqual(output);
  });

  it('binds only the variables it mentions', () => {
    const variables = { context: { a: 1 }, 'not a name': 1, item: 'x' };
    expect(evaluator.evaluate('"\\($item | ascii_upcase)\\($context.a)" | @base64', null, variables)).toBe(
      'WDE=',
    );
    expect(evaluator.evaluate('{$item} | tojson | sub("x"; "\\($context.a)")', null, variables)).toBe(
      '{"item":"1"}',
    );
  });

  it('is also used when the data are unusual', () => {
    expect(compile('tostring')).toBeDefined();
    expect(evaluator.evaluate('tostring', 1e-7, {})).toBe('1E-7');
    expect(evaluator.evaluate('. * 10', 1e308, {})).toBe(Number.MAX_VALUE);
    expect(evaluator.evaluate('{b: 1, "1": 2} | keys_unsorted', null, {})).toEqual(['b', '1']);
    expect(evaluator.evaluate('test("é")', 'café', {})).toBe(true);
  });
});

describe('errors', () => {
  it.each([
    '.a.b',
    '.a | ascii_downcase | gsub("x"; "y")',
    '{} | .a +',
    '. as [$x] | $x',
    'nosuch(1)',
    '$nosuch',
    '$nosuch | @base64',
  ])('%s is an ExpressionError', (program) => {
    expect(() => evaluator.evaluate(program, { a: 5 }, {})).toThrow(ExpressionError);
  });

  it('carries the program and the reason', () => {
    const error = new ExpressionError('.a'.repeat(100), 'why');
    expect(error.program).toHaveLength(200);
    expect(error.message).toMatch(/\.\.\." failed: why$/);
  });

  it('words a failure alike on both paths', () => {
    expect(reasonOf(() => evaluator.evaluate('.a', 5, {}))).toBe('Cannot index number with string ("a")');
    expect(reasonOf(() => evaluator.evaluate('@base64 "\\(.a)"', 5, {}))).toBe(
      'Cannot index number with string ("a")',
    );
    expect(reasonOf(() => evaluator.evaluate('error({a: 1})', 5, {}))).toBe('{"a":1}');
    expect(reasonOf(() => evaluator.evaluate('@base64 "\\(error({a: 1}))"', 5, {}))).toBe('{"a":1}');
    expect(reasonOf(() => evaluator.evaluate('$x', 5, {}))).toBe('$x is not defined');
    expect(reasonOf(() => evaluator.evaluate('$x | @base64', 5, {}))).toBe('$x is not defined');
  });

  it('refuses a program that reaches out of its place', () => {
    expect(() => evaluator.evaluate('1) | (2', null, {})).toThrow(ExpressionError);
    expect(() => evaluator.evaluate('', null, {})).toThrow(ExpressionError);
    expect(() => evaluator.evaluate('.v', { a: 1 }, { secret: 1 })).not.toThrow();
    expect(evaluator.evaluate('@base64 "\\(.v)" | @base64d', { a: 1 }, { secret: 1 })).toBe('null');
  });
});

describe('the machine stays out of sight', () => {
  const variables = { __now: 1700000000.25 };

  it('takes the instant from the caller on both paths', () => {
    expect(compile('now')).toBeDefined();
    expect(evaluator.evaluate('now', null, variables)).toBe(1700000000.25);
    expect(evaluator.evaluate('now | todate', null, variables)).toBe('2023-11-14T22:13:20Z');
    expect(compile('now | gmtime | mktime')).toBeUndefined();
    expect(evaluator.evaluate('now | gmtime | mktime', null, variables)).toBe(1700000000);
    expect(
      evaluator.evaluate('{now: 1, b: "\\(now)"} | @base64 | @base64d | fromjson', null, variables),
    ).toEqual({ now: 1, b: '1700000000.25' });
  });

  it('fails without an instant, alike on both paths', () => {
    const fast = reasonOf(() => evaluator.evaluate('now', null, {}));
    expect(reasonOf(() => evaluator.evaluate('now | gmtime', null, {}))).toBe(fast);
    expect(fast).toMatch(/instant/);
  });

  it('has an empty environment and UTC as local time', () => {
    expect(evaluator.evaluateAll('env, $ENV, env.PATH, $ENV.HOME', null, {})).toEqual([{}, {}, null, null]);
    expect(evaluator.evaluateAll('[env, $ENV, $ENV.HOME] | @base64 | @base64d', null, {})).toEqual([
      '[{},{},null]',
    ]);
    expect(evaluator.evaluate('1700000000 | localtime | mktime', null, {})).toBe(1700000000);
    expect(evaluator.evaluate('1700000000 | strflocaltime("%H:%M")', null, {})).toBe('22:13');
  });

  it.each([
    'input',
    '[inputs]',
    'halt',
    '"x" | halt_error',
    'input_filename',
    'import "a" as a; .',
    'get_search_list',
  ])('%s is refused', (program) => {
    expect(() => evaluator.evaluate(program, null, {})).toThrow(ExpressionError);
  });
});

describe('runaway programs', () => {
  it.each([
    'until(false; . + 1)',
    '[while(true; . + 1)]',
    '[range(1000000000)]',
    '[recurse(. + 1)]',
    'reduce range(100000000) as $i (0; . + $i)',
    'def f: f; f',
    '[range(100000) | [range(100000)]]',
    '"x" * 100000000',
    'def f: 1, f; [f]',
  ])('%s ends with an error', async (program) => {
    const strict = await createEvaluator({ steps: 20_000 });
    expect(() => strict.evaluate(program, 0, {})).toThrow(ExpressionError);
  });

  it('says so', async () => {
    const strict = await createEvaluator({ steps: 1_000 });
    expect(reasonOf(() => strict.evaluate('until(false; . + 1)', 0, {}))).toBe('took too long');
    expect(reasonOf(() => strict.evaluate('try until(false; . + 1) catch 1', 0, {}))).toBe('took too long');
    expect(strict.evaluate('[limit(3; recurse(. + 1))]', 0, {})).toEqual([0, 1, 2]);
  });

  it.each([
    ['until(false; .) | @base64', /until cannot be bounded/],
    ['[limit(3; repeat(1))]', /repeat cannot be bounded/],
    ['recurse(. + 1) | @base64', /recurse with an argument/],
    ['def f: f; f | @base64', /refers to itself/],
    ['@base64 "\\(def g: def h: g; h; g)"', /refers to itself/],
    ['[range(1e9)] | @base64', /range of more than/],
    ['[range(0; 1e9; 2)] | @base64', /range of more than/],
  ])('%s is refused on jq itself', (program, reason) => {
    expect(reasonOf(() => evaluator.evaluate(program, 0, {}))).toMatch(reason);
  });

  it('still runs bounded loops and definitions there', () => {
    expect(
      evaluator.evaluate('[range(3), range(2;4), range(0;6;3)] | tojson | @base64 | @base64d', null, {}),
    ).toBe('[0,1,2,2,3,0,3]');
    expect(evaluator.evaluate('def f: . + 1; def g: f | f; 1 | g | @base64 | @base64d', null, {})).toBe('3');
    expect(evaluator.evaluate('[recurse] | @base64 | @base64d', [1], {})).toBe('[[1],1]');
  });
});

describe('a damaged instance', () => {
  it('is replaced, and evaluation goes on', async () => {
    let loads = 0;
    const robust = await createEvaluator({
      load: () => {
        loads += 1;
        const name = loads;
        return Promise.resolve({
          json: <Output>(): Output[] => {
            if (name === 1) throw new RangeError('memory access out of bounds');
            return [name] as Output[];
          },
        });
      },
    });
    expect(loads).toBe(2);
    expect(reasonOf(() => robust.evaluate('@base64', 1, {}))).toMatch(/gave up/);
    expect(robust.evaluate('@base64', 1, {})).toBe(2);
    expect(loads).toBe(3);
  });

  it('is what very deep data do to jq, and the next program still gets its answer', () => {
    const deep = 'reduce range(9000) as $i (1; [.]) | @base64';
    expect(reasonOf(() => evaluator.evaluate(deep, null, {}))).toMatch(/gave up/);
    expect(evaluator.evaluate('@base64', 'x', {})).toBe('eA==');
  });
});

describe('the cache of programs', () => {
  it('is bounded and stays right when programs are dropped', async () => {
    const small = await createEvaluator({ cachedPrograms: 2 });
    for (let round = 0; round < 3; round += 1) {
      for (const number of [1, 2, 3, 4]) expect(small.evaluate(`. + ${number}`, 1, {})).toBe(1 + number);
    }
  });
});
