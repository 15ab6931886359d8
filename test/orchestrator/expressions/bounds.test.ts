import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../../contracts/json.js';
import { compile } from '../../../orchestrator/expressions/compiled/compile.js';
import { execute } from '../../../orchestrator/expressions/compiled/execute.js';
import { createEvaluator, type Evaluator } from '../../../orchestrator/expressions/evaluator.js';

const STEPS = 5_000_000;

function run(program: string, input: Json = null): ReturnType<typeof execute> {
  const compiled = compile(program);
  if (compiled === undefined) throw new Error(`${program} is not compiled`);
  return execute(compiled, input, {}, STEPS);
}

describe('what a compiled program may build', () => {
  it.each([
    ['reduce range(40) as $i ("x"; . + .)', /a text of more than/],
    ['"x" * 100000000', /a text of more than/],
    ['reduce range(40) as $i ([1]; . + .)', /an array of more than/],
    ['[range(40)] | reduce .[] as $i ([1]; [., ., .] | add)', /an array of more than/],
    ['reduce range(60) as $i ([1]; [., .])', /a result of more than .* values/],
    ['reduce range(60) as $i ({}; {a: ., b: .})', /a result of more than .* values/],
    ['reduce range(6000) as $i (1; [.])', /a result of more than .* levels/],
    ['reduce range(60) as $i ([1]; [., .]) | tojson', /took too long/],
    ['("x" * 1000000) as $s | [range(100000) | $s[5:10]]', /took too long/],
    ['("é😀" * 100000) as $s | [range(100000) | $s[5:10]]', /took too long/],
    ['("x" * 1000000) as $s | [range(100000) | $s | length]', /took too long/],
    ['("x" * 1000000) as $s | [range(100000) | $s | tojson]', /took too long/],
  ])('%s is stopped', (program, reason) => {
    expect(run(program)).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) });
  });

  it('is not counted where a program only reads what was there', () => {
    const shared = Array.from({ length: 30 }).reduce<Json>((value) => [value, value], 1);
    expect(run('.a', { a: shared }).kind).toBe('done');
    expect(run('{a: .a}', { a: shared }).kind).toBe('failed');
  });
});

describe('10,000 records', () => {
  const rows = Array.from({ length: 10_000 }, (_, id) => ({
    id,
    name: `Person ${id}`,
    code: `AB-${id}`,
    age: id % 90,
    tags: ['a', 'b'],
  }));
  let evaluator: Evaluator;
  beforeAll(async () => {
    evaluator = await createEvaluator();
  });

  it.each<[string, Json]>([
    ['map(.name) | join(", ") | length', 128_888],
    ['reduce .[] as $row (""; . + $row.name + ",") | length', 118_890],
    ['reduce .[] as $row ([]; . + [$row.id]) | length', 10_000],
    ['reduce .[] as $row ({}; .[$row.name] = $row) | length', 10_000],
    ['map(.name) - map(.name)', []],
    ['[paths] | length', 80_000],
    ['map(select(.code | test("^[A-Z]{2}-[0-9]+$"))) | length', 10_000],
    ['[.[] | @json] | join("\\n") | length', rows.map((row) => JSON.stringify(row)).join('\n').length],
    ['group_by(.age) | length', 90],
    ['[.[].tags] | add | length', 20_000],
  ])('are no trouble for %s', (program, output) => {
    expect(compile(program)).toBeDefined();
    expect(evaluator.evaluate(program, rows, {})).toEqual(output);
  });
});
