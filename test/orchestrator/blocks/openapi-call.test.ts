import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../contracts/json.js';
import { toBlockRequest } from '../../../orchestrator/blocks/openapi-call.js';
import { indexOperations } from '../../../orchestrator/blocks/operation-index.js';

const string = { type: 'string' };
const document: JsonObject = {
  paths: {
    '/data/{registryName}/{versionNumber}': {
      parameters: [
        { $ref: '#/components/parameters/Client' },
        { name: 'registryName', in: 'path', required: true, schema: string },
        { name: 'versionNumber', in: 'path', required: true, schema: string },
      ],
      get: {
        operationId: 'list',
        parameters: [
          { name: 'search', in: 'query', schema: string },
          { name: 'ids', in: 'query', schema: { type: 'array' } },
          { name: 'codes', in: 'query', explode: false, schema: { type: 'array' } },
          { name: 'page', in: 'query', required: true, schema: { type: 'integer', default: 1 } },
        ],
      },
    },
    '/data/{registryName}/{versionNumber}/{uuid}/readValue/{field}.{ext}': {
      get: { operationId: 'readValue' },
    },
    '/vouchers': {
      post: {
        operationId: 'createVouchers',
        parameters: [
          { name: 'X-Callback-URL', in: 'header', required: true, schema: string },
          { name: 'X-Road-Client', in: 'header', required: true, schema: string },
        ],
        requestBody: { $ref: '#/components/requestBodies/Any' },
      },
      'x-sandbox-operations': [
        {
          method: 'post',
          'x-sandbox-when': { query: { command: 'redeem' } },
          operationId: 'redeemVouchers',
          parameters: [{ name: 'command', in: 'query', required: true, schema: string }],
          requestBody: { content: { 'application/json': {} } },
        },
      ],
    },
    '/event/new': {
      post: {
        operationId: 'newEvent',
        parameters: [
          {
            name: 'qry',
            in: 'query',
            required: true,
            style: 'form',
            explode: true,
            schema: { type: 'object' },
          },
        ],
      },
    },
    '/event': {
      get: {
        operationId: 'events',
        parameters: [{ name: 'qry', in: 'query', style: 'deepObject', schema: { type: 'object' } }],
      },
    },
    '/token': {
      post: {
        operationId: 'token',
        requestBody: { required: true, content: { 'application/x-www-form-urlencoded': {} } },
      },
    },
  },
  components: {
    parameters: {
      Client: { name: 'Information-Mediator-Client', in: 'header', required: true, schema: string },
    },
    requestBodies: { Any: { required: true, content: { 'text/plain': {}, 'application/json': {} } } },
  },
};
const operations = indexOperations(document);
const population = { basePath: '/data', fixed: { registryName: 'population' } };

describe('an OpenAPI call of a workflow', () => {
  it('fills path, query and header parameters, and leaves the base path to the mediator', () => {
    expect(
      toBlockRequest(operations, population, {
        operationId: 'list',
        parameters: {
          versionNumber: '1.0',
          search: 'Å & b',
          ids: ['a', 'b'],
          codes: ['x', 'y'],
          'X-Sandbox-Fields': 'name',
        },
        headers: { 'Idempotency-Key': 'run-1.k' },
      }),
    ).toEqual({
      method: 'GET',
      path: '/population/1.0',
      query: { search: 'Å & b', ids: ['a', 'b'], codes: 'x,y', page: '1' },
      headers: { accept: 'application/json', 'x-sandbox-fields': 'name', 'idempotency-key': 'run-1.k' },
    });
  });

  it('percent-encodes path values, several in one segment too', () => {
    const own = indexOperations({
      paths: {
        '/{uuid}/{field}.{ext}': {
          get: {
            operationId: 'one',
            parameters: ['uuid', 'field', 'ext'].map((name) => ({ name, in: 'path', required: true })),
          },
        },
      },
    });
    const parameters = { uuid: 'a/../b', field: 'näme', ext: 'json' };
    expect(toBlockRequest(own, {}, { operationId: 'one', parameters }).path).toBe(
      '/a%2F..%2Fb/n%C3%A4me.json',
    );
  });

  it('takes header names in any case and leaves the caller to the mediator', () => {
    const request = toBlockRequest(
      operations,
      {},
      {
        operationId: 'createVouchers',
        parameters: { 'x-callback-url': 'http://here/cb', body: { requestID: '1' } },
      },
    );
    expect(request).toEqual({
      method: 'POST',
      path: '/vouchers',
      query: {},
      headers: {
        accept: 'application/json',
        'x-callback-url': 'http://here/cb',
        'content-type': 'application/json',
      },
      body: { requestID: '1' },
    });
  });

  it('adds the query values that name the operation', () => {
    const call = (parameters: JsonObject): ReturnType<typeof toBlockRequest> =>
      toBlockRequest(operations, {}, { operationId: 'redeemVouchers', parameters });
    expect(call({ body: {} }).query).toEqual({ command: 'redeem' });
    expect(call({ command: 'redeem', body: {} }).query).toEqual({ command: 'redeem' });
    expect(() => call({ command: 'cancel', body: {} })).toThrow('parameter command is fixed to redeem');
  });

  it('spreads exploded form objects, nested values as JSON, and nests deep objects in brackets', () => {
    const qry = { details: { name: 'Visit', slots: [{ from: 't1' }] }, open: true };
    expect(toBlockRequest(operations, {}, { operationId: 'newEvent', parameters: { qry } }).query).toEqual({
      details: '{"name":"Visit","slots":[{"from":"t1"}]}',
      open: 'true',
    });
    expect(toBlockRequest(operations, {}, { operationId: 'events', parameters: { qry } }).query).toEqual({
      'qry[details][name]': 'Visit',
      'qry[details][slots][0][from]': 't1',
      'qry[open]': 'true',
    });
  });

  it('writes a form when the operation takes nothing else', () => {
    const body = { grant_type: 'authorization_code', code: 'a b' };
    expect(toBlockRequest(operations, {}, { operationId: 'token', parameters: { body } })).toMatchObject({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=authorization_code&code=a+b',
    });
  });

  it('treats a parameter that is null as left out, a body that is null as a body', () => {
    const request = toBlockRequest(operations, population, {
      operationId: 'list',
      parameters: { versionNumber: '1', search: null },
    });
    expect(request.query).toEqual({ page: '1' });
    expect(
      toBlockRequest(operations, {}, { operationId: 'redeemVouchers', parameters: { body: null } }),
    ).toHaveProperty('body', null);
  });

  it.each([
    ['a missing path parameter', 'list', population, {}, 'versionNumber is required'],
    ['a missing header', 'createVouchers', {}, { body: {} }, 'X-Callback-URL is required'],
    ['a missing query parameter', 'newEvent', {}, {}, 'qry is required'],
    ['a missing body', 'token', {}, {}, 'body is required'],
    ['an empty path parameter', 'list', population, { versionNumber: '' }, 'versionNumber is empty'],
    [
      'an unknown parameter',
      'list',
      population,
      { versionNumber: '1', serach: 'x' },
      'serach is not a parameter',
    ],
    [
      'a body where there is none',
      'list',
      population,
      { versionNumber: '1', body: {} },
      'body is not a parameter',
    ],
    [
      'another registry',
      'list',
      population,
      { versionNumber: '1', registryName: 'tax' },
      'registryName is fixed to population',
    ],
  ])('names %s', (_what, operationId, service, parameters, message) => {
    const build = (): unknown => toBlockRequest(operations, service, { operationId, parameters });
    expect(build).toThrow(`parameter ${message}`);
    expect(build).toThrow(
      expect.objectContaining({
        code: 'GSB-REQ-001',
        extensions: {
          errors: [expect.objectContaining({ pointer: `/with/parameters/${message.split(' ')[0] ?? ''}` })],
        },
      }),
    );
  });

  it('lets a required header come from the runtime', () => {
    const request = toBlockRequest(
      operations,
      {},
      {
        operationId: 'createVouchers',
        parameters: { body: {} },
        headers: { 'x-callback-url': 'http://here/cb' },
      },
    );
    expect(request.headers['x-callback-url']).toBe('http://here/cb');
  });

  it('refuses an operation that the service does not offer', () => {
    expect(() => toBlockRequest(operations, {}, { operationId: 'nothing', parameters: {} })).toThrow(
      expect.objectContaining({ code: 'GSB-BLK-003' }),
    );
    expect(() =>
      toBlockRequest(operations, population, { operationId: 'redeemVouchers', parameters: { body: {} } }),
    ).toThrow(expect.objectContaining({ code: 'GSB-BLK-003' }));
  });
});
