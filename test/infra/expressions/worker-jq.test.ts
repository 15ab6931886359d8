import { afterAll, describe, expect, it } from '@jest/globals';
import { createWorkerJq } from '../../../infra/expressions/worker-jq.js';
import { createEvaluator, ExpressionError } from '../../../orchestrator/expressions/evaluator.js';

const patient = createWorkerJq({ deadlineMs: 60_000 });
const hasty = createWorkerJq({ deadlineMs: 250 });
afterAll(async () => {
  await Promise.all([patient.close(), hasty.close()]);
});

describe('jq on a thread of its own', () => {
  it('gives all outputs, synchronously', () => {
    expect(patient.json('{"a":[1,2]}', '.a[]')).toEqual([1, 2]);
    expect(patient.json('null', 'empty')).toEqual([]);
  });

  it('tells what jq says of a failure', () => {
    expect(() => patient.json('5', '.a')).toThrow(
      expect.objectContaining({ name: 'JqError', stderr: expect.stringContaining('Cannot index number') }),
    );
  });

  it('ends what goes on for ever, and answers the next question', () => {
    for (const endless of ['[repeat(1)]', 'def f: f; f', 'until(false; .)']) {
      expect(() => hasty.json('1', endless)).toThrow(expect.objectContaining({ name: 'JqDeadline' }));
    }
    expect(patient.json('{"a":1}', '.a')).toEqual([1]);
  });

  it('replaces an instance that broke', () => {
    expect(() => patient.json('1', 'reduce range(9000) as $i (1; [.])')).toThrow(/RuntimeError/);
    expect(patient.json('{"a":1}', '.a')).toEqual([1]);
  });

  it('shows nothing of the environment', () => {
    process.env['SANDBOX_TEST_SECRET'] = 'visible';
    expect(JSON.stringify(patient.json('1', '[env, $ENV]'))).not.toContain('visible');
    delete process.env['SANDBOX_TEST_SECRET'];
  });

  it('reads a context of 20,000 records', () => {
    const rows = Array.from({ length: 20_000 }, (_, id) => ({ id, name: `Person ${id}`, age: id % 90 }));
    expect(patient.json(JSON.stringify({ rows }), '[.rows[] | select(.age == 7)] | length')).toEqual([223]);
  });
});

describe('an evaluator on it', () => {
  it('runs loops that the thread of the caller could not stop', async () => {
    const evaluator = await createEvaluator({ load: () => Promise.resolve(patient) });
    expect(evaluator.evaluate('[limit(3; repeat(1))]', null, {})).toEqual([1, 1, 1]);
    expect(evaluator.evaluate('[limit(3; recurse(. + 1))] | @base64 | @base64d', 0, {})).toBe('[0,1,2]');
    expect(() => evaluator.evaluate('input', null, {})).toThrow(/not available in a workflow/);
  });

  it('says when a program took too long, and goes on with the next', async () => {
    const evaluator = await createEvaluator({ load: () => Promise.resolve(hasty) });
    expect(() => evaluator.evaluate('[repeat(1)]', 1, {})).toThrow(
      expect.objectContaining({ name: 'ExpressionError', program: '[repeat(1)]', reason: 'took too long' }),
    );
    expect(() => evaluator.evaluate('def f: f; f', 1, {})).toThrow(ExpressionError);
  });

  it('survives an instance that broke, at once', async () => {
    const evaluator = await createEvaluator({ load: () => Promise.resolve(patient) });
    const deep = 'reduce range(9000) as $i (1; [.]) | @base64';
    expect(() => evaluator.evaluate(deep, null, {})).toThrow(/gave up/);
    expect(evaluator.evaluate('@base64', 'x', {})).toBe('eA==');
  });
});
