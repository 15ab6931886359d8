import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../contracts/json.js';
import { readExpectation, violation } from './expectations.js';
import { createRenaming } from './rename.js';
import { violations, type Answer } from './replay.js';
import { parseTranscript, type Scenario } from './transcript.js';

/** Made up, in the form of the recordings. */
const TRANSCRIPT = `# an invented suite

## ships.feature — @method=POST @endpoint=/ships/{name}/{field}.{ext}
1. **A ship is registered** @smoke
   - \`POST /ships/Anna9/tons.json?port=Old%20Harbour&port2\` [x-client: a/b/c; content-type: application/json] body \`{"ID":"A-19","kind":"boat"}\` ×2 → 200 \`{}\` (application/json)
   - \`DELETE /ships/%7Bname%7D/tons.json\` → 204 \`\` (no content-type)
   - asserts: /ships endpoint should have status 200 · /ships should contain "ID" property equals "A-19" · +json schema
`;

const parsed = parseTranscript(TRANSCRIPT);
const [scenario] = parsed as [Scenario];

const openapi: JsonObject = {
  paths: {
    '/ships/{name}/{field}.{ext}': {
      post: {
        operationId: 'register',
        responses: {
          200: { content: { 'application/json': { schema: { type: 'object', required: ['ID'] } } } },
        },
      },
    },
  },
};

const [post, remove] = scenario.steps as [Scenario['steps'][0], Scenario['steps'][0]];
const answer = (status: number, body: Json, step = post): Answer => ({
  step,
  status,
  body,
  contentType: 'application/json',
});

describe('reading a transcript', () => {
  it('takes steps, headers, bodies, repetitions and sentences', () => {
    expect(parsed).toHaveLength(1);
    expect(post).toEqual({
      method: 'POST',
      path: '/ships/Anna9/tons.json?port=Old%20Harbour&port2',
      headers: { 'x-client': 'a/b/c', 'content-type': 'application/json' },
      body: { ID: 'A-19', kind: 'boat' },
      times: 2,
      recorded: 200,
    });
    expect(remove).toMatchObject({ method: 'DELETE', times: 1, recorded: 204 });
    expect(scenario.asserts).toHaveLength(3);
  });

  it('fails for a step or a sentence that it does not understand', () => {
    expect(() => parseTranscript(`${TRANSCRIPT}   - \`POST /ships\` → well\n`)).toThrow('not understood');
    expect(() => readExpectation('the ship should float')).toThrow('nobody understands');
  });
});

describe('holding answers against a scenario', () => {
  it('finds nothing wrong with the right answer', () => {
    expect(violations(scenario, [answer(200, { ID: 'A-19' })], openapi)).toEqual([]);
  });

  it.each<[string, Answer]>([
    ['another status', answer(201, { ID: 'A-19' })],
    ['another value', answer(200, { ID: 'B-7' })],
    ['a missing property', answer(200, {})],
    ['a body that is no object', answer(200, 'A-19')],
  ])('finds %s', (_what, wrong) => {
    expect(violations(scenario, [wrong], openapi)).not.toEqual([]);
  });

  it('finds a 5xx of any request, and statuses of earlier ones', () => {
    const right = answer(200, { ID: 'A-19' });
    expect(violations(scenario, [answer(500, null), right], openapi)).toHaveLength(1);
    const twice = { ...scenario, asserts: ['it should have status 200', 'again, it should have status 464'] };
    expect(violations(twice, [answer(200, {}), answer(464, {})], openapi)).toEqual([]);
    expect(violations(twice, [answer(464, {}), answer(464, {})], openapi)).toHaveLength(1);
    expect(violations(twice, [answer(200, {}), answer(200, {})], openapi)).toHaveLength(1);
  });

  it.each<[string, Json, Json]>([
    [
      'results array length is consistent with count field value',
      { count: 1, results: [1] },
      { count: 2, results: [1] },
    ],
    ['results field should be an empty array', { results: [] }, { results: [1] }],
    [
      'is filtered by "Eva" and "name" provided in the query parameter',
      { results: [{ name: 'Eva' }] },
      { results: [{}] },
    ],
    ['endpoint should have body "Success"', 'Success', 'Done'],
    [
      'should return status true for existing record',
      { answer: { status: true } },
      { answer: { status: false } },
    ],
    ['/ships ResponseCode field should be "00"', { ResponseCode: '00' }, { ResponseCode: '01' }],
    ['/ships should have a "message" property', { message: '' }, {}],
  ])('%s', (sentence, right, wrong) => {
    const expectation = readExpectation(sentence);
    expect(expectation).toBeDefined();
    if (expectation === undefined) return;
    expect(violation(expectation, right)).toBeUndefined();
    expect(violation(expectation, wrong)).toEqual(expect.any(String));
  });
});

describe('renaming', () => {
  const renaming = createRenaming(['boat', 'tons']);
  const renamed = renaming.scenario(scenario);

  it('gives path, query, body and sentences the same new values, and keeps form and magic values', () => {
    expect(renamed.steps[0]).toMatchObject({
      path: '/ships/Boob1/tons.json?port=Pme%20Ibscpvs&port2',
      body: { ID: 'B-21', kind: 'boat' },
    });
    expect(renamed.steps[1]?.path).toBe(remove.path);
    expect(renamed.asserts[1]).toBe('/ships should contain "ID" property equals "B-21"');
  });

  it('renames what the seeds hold, and leaves instants and hexadecimal letters alone', () => {
    const uuid = '80bcb084-fa17-11ed-be56-0242ac120002';
    const { seeds } = renaming.seeds({
      seeds: { ships: [{ ID: 'A-19', uuid, at: '2026-11-23T07:25:21.906Z', kind: 'boat' }] },
      services: [],
    });
    expect(seeds).toEqual({
      ships: [
        {
          ID: 'B-21',
          uuid: '90bcb095-fa28-22ed-be67-0353ac230003',
          at: '2026-11-23T07:25:21.906Z',
          kind: 'boat',
        },
      ],
    });
  });

  it('finds an answer that was canned', () => {
    expect(violations(renamed, [answer(200, { ID: 'A-19' })], openapi)).not.toEqual([]);
  });
});
