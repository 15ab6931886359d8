import { describe, expect, it } from '@jest/globals';
import { textOf, type JsonObject } from '../../../contracts/json.js';
import { withKitAnswers } from '../../../mocks/kit/kit-answers.js';

const shape: JsonObject = { type: 'object', required: ['code'] };
const document: JsonObject = {
  paths: {
    '/pots/{id}': {
      parameters: [{ name: 'id', in: 'path', schema: { type: 'string' } }],
      get: { operationId: 'read', responses: { 200: { description: 'the pot' } } },
      put: {
        operationId: 'replace',
        responses: {
          200: { description: 'the pot' },
          404: { description: 'none', content: { 'application/json': { schema: shape } } },
        },
      },
      delete: {
        operationId: 'remove',
        responses: { 204: { description: 'gone' }, default: { description: 'no' } },
      },
      'x-sandbox-operations': [
        { method: 'post', operationId: 'fill', responses: { 204: { description: 'done' } } },
      ],
    },
    '/pots': { get: { operationId: 'list', responses: { 200: { description: 'all' } } } },
  },
};

function statuses(completed: JsonObject): Record<string, string[]> {
  const paths = completed['paths'] as Record<string, Record<string, JsonObject>>;
  const { 'x-sandbox-operations': further, ...item } = paths['/pots/{id}']!;
  const all = [
    item['get'],
    item['put'],
    item['delete'],
    (further as unknown as JsonObject[])[0],
    paths['/pots']!['get'],
  ];
  return Object.fromEntries(
    all.map((operation): [string, string[]] => [
      textOf(operation!['operationId']),
      Object.keys(operation!['responses'] as object),
    ]),
  );
}

describe('what the kit answers itself', () => {
  it('is declared for operations that do not declare it', () => {
    expect(statuses(withKitAnswers(document))).toEqual({
      read: ['200', '400'],
      replace: ['200', '400', '404', '422'],
      // Whatever is not said otherwise is said by default.
      remove: ['204', 'default'],
      fill: ['204', '400', '422'],
      list: ['200'],
    });
  });

  it('has the shape in which the block refuses', () => {
    const refusal = ({ rule }: { rule: string }) => ({ status: 405, rule, body: { code: '1' } });
    const completed = withKitAnswers(document, refusal);
    expect(statuses(completed)['read']).toEqual(['200', '405']);
    const item = (completed['paths'] as Record<string, Record<string, JsonObject>>)['/pots/{id}']!;
    expect(item['put']!['responses']).toMatchObject({
      405: { content: { 'application/json': { schema: shape } } },
    });
  });

  it('names the key of writes', () => {
    const item = (withKitAnswers(document)['paths'] as Record<string, Record<string, JsonObject>>)[
      '/pots/{id}'
    ]!;
    expect(item['put']!['parameters']).toMatchObject([{ name: 'Idempotency-Key', in: 'header' }]);
    expect(item['get']!['parameters']).toBeUndefined();
  });
});
