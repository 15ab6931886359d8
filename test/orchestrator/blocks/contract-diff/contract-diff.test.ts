import { describe, expect, it } from '@jest/globals';
import type { ContractDiff, OperationDiff } from '../../../../contracts/contract-diff.js';
import type { JsonObject } from '../../../../contracts/json.js';
import { createDocumentFacts } from '../../../../orchestrator/blocks/document-facts.js';
import { diffContract } from '../../../../orchestrator/blocks/contract-diff/contract-diff.js';

const money = { type: 'number' };
const receipt: JsonObject = {
  type: 'object',
  required: ['id', 'status'],
  properties: {
    id: { type: 'string' },
    status: { type: 'string' },
    fee: money,
    note: { type: 'string' },
    lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
  },
};
const order: JsonObject = {
  type: 'object',
  required: ['amount'],
  properties: { amount: money, payee: { type: 'string' } },
};
const ours: JsonObject = {
  openapi: '3.1.0',
  paths: {
    '/orders/{id}': {
      get: {
        operationId: 'readOrder',
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Receipt' } } } },
        },
      },
    },
    '/orders': {
      post: {
        operationId: 'placeOrder',
        parameters: [{ name: 'X-Road-Client', in: 'header', required: true }],
        requestBody: { required: true, content: { 'application/json': { schema: order } } },
        responses: { 200: { content: { 'application/json': { schema: receipt } } } },
      },
    },
  },
  components: { schemas: { Receipt: receipt } },
};
const copy = (): JsonObject => structuredClone<JsonObject>(ours);

/** A document with one place changed: steps of a path, the last one set. */
function changed(steps: readonly string[], value: unknown): JsonObject {
  const document = copy();
  let at = document as Record<string, unknown>;
  for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>;
  const last = steps.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return document;
}

const place = ['paths', '/orders', 'post'];
const taken = [...place, 'requestBody', 'content', 'application/json', 'schema'];
const given = [...place, 'responses', '200', 'content', 'application/json', 'schema', 'properties'];

async function diff(theirs: unknown, binding: object = {}, at = '/api/openapi.json'): Promise<ContractDiff> {
  return diffContract(
    {
      openapiOf: () => ours,
      factsOf: createDocumentFacts(() => ours),
      read: (_binding, url) =>
        Promise.resolve({
          kind: 'answered',
          response:
            url.pathname === at
              ? { status: 200, headers: {}, body: theirs as JsonObject }
              : { status: 404, headers: {} },
        }),
    },
    {
      block: 'payments',
      binding: { kind: 'real', baseUrl: 'https://pay.example/api', ...binding },
      uses: [
        { useCase: 'usct', operationId: 'placeOrder', reads: new Set(['status', 'fee', 'sku', 'lines']) },
      ],
    },
  );
}

function of({ operations }: ContractDiff, id = 'placeOrder'): OperationDiff | undefined {
  return operations.find(({ operationId }) => operationId === id);
}

describe('the comparison of contracts', () => {
  it('finds nothing between a document and itself', async () => {
    expect(await diff(ours)).toMatchObject({
      reachable: true,
      document: 'https://pay.example/api/openapi.json',
      verdict: 'same',
    });
  });

  it.each([
    ['a required member that we do not know', [...taken, 'required'], ['amount', 'iban'], '/iban', true],
    ['a required member that we may leave out', [...taken, 'required'], ['amount', 'payee'], '/payee', false],
    ['another type of what we send', [...taken, 'properties', 'amount', 'type'], 'string', '/amount', true],
    ['a member that is read and missing', [...given, 'fee'], undefined, '/fee', true],
    ['a member that nobody reads and is missing', [...given, 'note'], undefined, '/note', false],
    ['another type of what is read', [...given, 'status'], { type: 'integer' }, '/status', true],
    ['a narrower type of what is read', [...given, 'fee'], { type: 'integer' }, undefined, false],
    [
      'a member of a list that is missing',
      [...given, 'lines', 'items', 'properties'],
      { a: {} },
      '/lines/*/sku',
      true,
    ],
    [
      'an unknown parameter',
      [...place, 'parameters'],
      [{ name: 'tenant', in: 'query', required: true }],
      'query tenant',
      true,
    ],
    ['another status of success', [...place, 'responses'], { 201: {} }, '', false],
    ['another method', ['paths', '/orders'], { put: {} }, '', true],
    ['a missing operation', ['paths', '/orders'], undefined, '', true],
  ] as const)('tells %s', async (_what, steps, value, where, breaking) => {
    const theirs = changed(steps, value);
    const found = await diff(theirs);
    const operation = of(found);
    if (where === undefined) {
      expect(operation?.verdict).toBe('same');
      return;
    }
    expect(operation?.verdict).toBe(breaking ? 'breaking' : 'compatible');
    expect(operation?.differences).toContainEqual(expect.objectContaining({ at: where, breaking }));
    expect(found.verdict).toBe(breaking ? 'breaking' : 'compatible');
  });

  it('counts what no use case calls, and does not let it decide', async () => {
    const found = await diff(changed(['paths', '/orders/{id}'], undefined));
    expect(found.verdict).toBe('compatible');
    expect(of(found, 'readOrder')).toMatchObject({ verdict: 'breaking', usedBy: [] });
  });

  it('knows headers that the binding adds, and paths that it rewrites', async () => {
    const theirs = changed([...place, 'parameters'], [{ name: 'X-Tenant', in: 'header', required: true }]);
    expect(of(await diff(theirs))?.verdict).toBe('breaking');
    expect(of(await diff(theirs, { headers: { 'x-tenant': 'gov' } }))?.verdict).toBe('same');
    const moved = copy() as { paths: Record<string, unknown> };
    moved.paths['/v2/orders'] = moved.paths['/orders'];
    delete moved.paths['/orders'];
    expect(of(await diff(moved))?.verdict).toBe('breaking');
    expect(of(await diff(moved, { rewrite: [{ from: '/orders', to: '/v2/orders' }] }))?.verdict).toBe('same');
  });

  it('reads Swagger 2.0 with its base path, and OpenAPI 3.0 with its servers', async () => {
    const swagger = {
      swagger: '2.0',
      basePath: '/api',
      paths: {
        '/orders': {
          post: {
            parameters: [
              { name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Order' } },
            ],
            responses: { 200: { schema: { $ref: '#/definitions/Receipt' } } },
          },
        },
      },
      definitions: { Order: { ...order, required: ['amount', 'iban'] }, Receipt: receipt },
    };
    expect(of(await diff(swagger, {}, '/swagger.json'))?.differences).toEqual([
      { in: 'request', at: '/iban', what: 'is required there and unknown here', breaking: true },
    ]);
    const prefixed = { ...copy(), openapi: '3.0.3', servers: [{ url: '/api' }] };
    expect((await diff(prefixed)).verdict).toBe('same');
    const inPaths = copy() as { paths: Record<string, unknown> };
    inPaths.paths = Object.fromEntries(
      Object.entries(inPaths.paths).map(([path, item]) => [`/api${path}`, item]),
    );
    expect((await diff(inPaths)).verdict).toBe('same');
  });

  it('reads YAML, and says when there is no document', async () => {
    const yaml = `openapi: 3.0.1\npaths:\n  /orders:\n    get: {responses: {}}\n`;
    expect(of(await diff(yaml, {}, '/api/openapi.yaml'))?.differences).toMatchObject([
      { what: expect.stringContaining('only GET') },
    ]);
    expect(await diff({ some: 'thing' })).toMatchObject({
      reachable: true,
      verdict: 'unknown',
      operations: [],
    });
  });

  // The origin of a second sandbox serves the document of its API, which describes no block.
  it('takes a document at the origin only when it is about the block', async () => {
    const other = { openapi: '3.1.0', paths: { '/runs': { get: { responses: {} } } } };
    expect((await diff(other, {}, '/openapi.json')).verdict).toBe('unknown');
    const prefixed = { ...copy(), servers: [{ url: '/api' }] };
    expect((await diff(prefixed, {}, '/openapi.json')).verdict).toBe('same');
  });
});
