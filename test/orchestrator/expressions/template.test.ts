import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../../contracts/json.js';
import { createEvaluator, type Evaluator } from '../../../orchestrator/expressions/evaluator.js';
import { isExpression, resolveTemplate, unwrap } from '../../../orchestrator/expressions/template.js';

describe('isExpression and unwrap', () => {
  it.each([
    ['${ .a }', '.a'],
    ['${.a}', '.a'],
    ['  ${ .a }\n', '.a'],
    ['${ {a: {b: 1}} }', '{a: {b: 1}}'],
    ['${ "}" }', '"}"'],
    ['${ "\\("}")" }', '"\\("}")"'],
    ['${ "a\\({b: ")"} | .b)}" }', '"a\\({b: ")"} | .b)}"'],
    ['${ . # a } in a comment\n | .b }', '. # a } in a comment\n | .b'],
    ['${ {a: }', '{a:'],
  ])('%j is an expression', (text, program) => {
    expect(isExpression(text)).toBe(true);
    expect(unwrap(text)).toBe(program);
  });

  it.each([
    'plain',
    '.a',
    'Dear ${ .name }',
    '${ .a } and ${ .b }',
    '${ .a }, then',
    '$ {.a}',
    '{ .a }',
    '${',
    '',
  ])('%j is plain text', (text) => {
    expect(isExpression(text)).toBe(false);
    expect(unwrap(text)).toBe(text);
  });
});

describe('resolveTemplate', () => {
  let evaluator: Evaluator;
  beforeAll(async () => {
    evaluator = await createEvaluator();
  });

  it('replaces whole expressions at every depth and keeps their types', () => {
    const template = {
      id: '${ $context.id }',
      list: ['${ .n }', 'text', 3, null, { deep: '${ [.n, .n + 1] }' }],
      partly: 'Hello ${ .name }',
      flag: true,
    };
    expect(resolveTemplate(template, evaluator, { n: 4, name: 'x' }, { context: { id: 'c-1' } })).toEqual({
      id: 'c-1',
      list: [4, 'text', 3, null, { deep: [4, 5] }],
      partly: 'Hello ${ .name }',
      flag: true,
    });
  });

  it('never runs an expression that comes out of data', () => {
    const input = { evil: '${ error("run") }', nested: { more: ['${ 1 }'] } };
    expect(resolveTemplate({ a: '${ .evil }', b: '${ .nested }' }, evaluator, input, {})).toEqual({
      a: '${ error("run") }',
      b: { more: ['${ 1 }'] },
    });
  });

  it('leaves keys alone, even those that look special', () => {
    const template = JSON.parse('{"${ .a }": "${ .a }", "__proto__": "${ .a }"}') as Json;
    const resolved = resolveTemplate(template, evaluator, { a: 1 }, {});
    expect(JSON.stringify(resolved)).toBe('{"${ .a }":1,"__proto__":1}');
  });

  it('gives null for an expression without output', () => {
    expect(resolveTemplate(['${ empty }'], evaluator, null, {})).toEqual([null]);
  });

  it('names the program that failed', () => {
    expect(() => resolveTemplate({ a: '${ .a.b }' }, evaluator, { a: 1 }, {})).toThrow(
      expect.objectContaining({
        name: 'ExpressionError',
        program: '.a.b',
        reason: 'Cannot index number with string ("b")',
      }),
    );
  });
});
