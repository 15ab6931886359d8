import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createApiValidation } from '../../../app/validation/api-validation.js';
import { createBench } from './api-bench.js';
import { somebody } from './api-people.js';

const bench = createBench();
Object.assign(bench.ports, { validation: createApiValidation() });
const developer = JSON.stringify(somebody('developer'));
const post = (type: string, body: string): request.Test =>
  request(bench.app)
    .post('/api/v1/validate')
    .set('x-test-principal', developer)
    .set('content-type', type)
    .send(body);

describe('POST /validate', () => {
  it.each(['text/yaml', 'application/yaml', 'text/yaml; charset=utf-8', 'text/plain'])(
    'takes a document as %s',
    async (type) => {
      const { status, body } = await post(type, 'do:\n  - a: { call: grpc }\n');
      expect(status).toBe(200);
      expect(body).toMatchObject({ valid: false });
      const { diagnostics } = body as { diagnostics: { code: string; line: number }[] };
      expect(diagnostics.map(({ code, line }) => `${code} ${line}`)).toEqual([
        'missing-property 1',
        'refused-task 2',
      ]);
    },
  );

  it('takes it within JSON, and answers 200 for what is sound', async () => {
    const document =
      "document: { dsl: '1.0.3', namespace: a, name: b, version: '1.0.0' }\ndo: [{ a: { set: { b: 1 } } }]\n";
    const { status, body } = await post('application/json', JSON.stringify({ document }));
    expect([status, body]).toEqual([200, { valid: true, diagnostics: [] }]);
  });

  it.each([
    ['application/json', '{"documents": "x"}', 400],
    ['application/json', '{', 400],
    ['application/json', '"text"', 400],
    ['image/png', 'x', 400],
    ['text/yaml', `a: ${'x'.repeat(6_000_000)}`, 413],
  ])('answers bad requests as such: %s %.20s', async (type, body, expected) => {
    const { status, body: problem } = await post(type, body);
    expect(status).toBe(expected);
    expect(problem).toMatchObject({ code: expect.stringMatching(/^GSB-REQ-/), fix: expect.any(String) });
  });

  it('answers treacherous text with diagnostics', async () => {
    for (const text of [
      '['.repeat(40_000),
      'a: &a [*a]',
      'a: ! !!binary x',
      '\u0000',
      '%TAG ! tag:x,2000:\n---\n!x y',
    ])
      expect((await post('text/yaml', text)).body).toMatchObject({ valid: false });
  });
});

describe('GET /schema/workflow.json', () => {
  it('is there for editors, without a session', async () => {
    const { status, body } = await request(bench.app).get('/api/v1/schema/workflow.json');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['document', 'do'],
      properties: { do: { $ref: '#/$defs/taskList' } },
    });
  });
});
