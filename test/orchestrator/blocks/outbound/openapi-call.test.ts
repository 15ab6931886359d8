import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../contracts/json.js';
import { call, documented, swagger, type Documented } from './openapi-bench.js';
import { bench, closeBenches, error, origin, output } from './outbound-bench.js';
import { closeServers, json, serve } from './local-server.js';

afterEach(async () => {
  await closeBenches();
  await closeServers();
});

describe('call: openapi with a Swagger 2.0 document', () => {
  const cases: readonly (readonly [string, JsonObject, object])[] = [
    ['getPet', { id: 7, 'x-trace': 'abc' }, { method: 'GET', path: '/v2/pets/7', trace: 'abc', body: '' }],
    [
      'findPets',
      { multi: ['a', 'b&'], csv: ['a', 'b,c'], ssv: ['a', 'b'], tsv: ['a', 'b'], pipes: ['a', 'b'] },
      {
        path: '/v2/pets?multi=a&multi=b%26&csv=a,b%2Cc&ssv=a%20b&tsv=a%09b&pipes=a%7Cb&limit=10',
      },
    ],
    ['addPet', { pet: { name: 'Rex' } }, { method: 'POST', path: '/v2/pets', body: '{"name":"Rex"}' }],
    ['addPet', { body: { name: 'Rex' } }, { body: '{"name":"Rex"}' }],
    [
      'updatePetForm',
      { id: 7, name: 'Rex & Co', tags: ['a', 'b'] },
      { method: 'POST', type: 'application/x-www-form-urlencoded', body: 'name=Rex+%26+Co&tags=a&tags=b' },
    ],
  ];
  it.each(cases)('%s %j', async (operationId, parameters, expected) => {
    const server = await documented(swagger);
    expect(output(await bench().call(call(server, operationId, parameters), origin))).toEqual({ ok: true });
    const [received] = server.asked();
    expect({
      method: received?.method,
      path: received?.path,
      body: received?.body.toString(),
      type: received?.headers['content-type'],
      trace: received?.headers['x-trace'],
    }).toMatchObject(expected);
    expect(received?.headers['idempotency-key']).toMatch(/^run-1\./);
  });

  it('takes the API keys of the document as parameters', async () => {
    const server = await documented({
      ...swagger,
      securityDefinitions: { key: { type: 'apiKey', name: 'X-Key', in: 'header' }, other: { type: 'basic' } },
    });
    await bench().call(call(server, 'getPet', { id: 1, 'x-key': 'secret' }), origin);
    await bench().call(call(server, 'getPet', { id: 1 }), origin);
    expect(server.asked().map(({ headers }) => headers['x-key'])).toEqual(['secret', undefined]);
  });

  it('sends a file form as multipart', async () => {
    const server = await documented(swagger);
    await bench().call(call(server, 'upload', { file: 'content' }), origin);
    expect(server.asked()[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  });

  it('goes to the host that the document names, by https when it is offered', async () => {
    const server = await documented({ ...swagger, host: 'api.example', schemes: ['http', 'https'] });
    const failed = error(await bench().call(call(server, 'getPet', { id: 1 }), origin));
    expect(failed).toMatchObject({ type: 'authorization' });
    expect(failed.detail).toContain('api.example:443');
  });

  it.each([
    ['getPet', {}, 'id is required (path)'],
    ['getPet', { id: '..' }, 'cannot stand in the path'],
    ['getPet', { id: 1, wrong: 2, other: 3 }, 'wrong is not a parameter of it (id, X-Trace); other'],
    ['addPet', {}, 'body is required'],
    ['updatePetForm', { id: 1 }, 'name is required (form)'],
  ])('refuses %s %j', async (operationId, parameters, detail) => {
    const server = await documented(swagger);
    const failed = error(await bench().call(call(server, operationId, parameters), origin));
    expect(failed).toMatchObject({ type: 'validation', status: 400 });
    expect(failed.detail).toContain(detail);
    expect(server.asked()).toEqual([]);
  });
});

const schema: JsonObject = { $ref: '#/components/schemas/Tree' };
const openapi = (version: string, server: string): JsonObject => ({
  openapi: version,
  servers: [{ url: `${server}/{stage}`, variables: { stage: { default: 'v3' } } }],
  components: {
    // A tree of trees: following it to the end would never end.
    schemas: { Tree: { type: 'object', properties: { children: { type: 'array', items: schema } } } },
    parameters: { 'a/b': { name: 'filter', in: 'query', style: 'deepObject', schema } },
    requestBodies: { Tree: { required: true, content: { 'application/json': { schema } } } },
  },
  paths: {
    '/trees/{id}{suffix}': {
      put: {
        operationId: 'putTree',
        parameters: [
          { name: 'id', in: 'path', required: true, schema },
          { name: 'suffix', in: 'path', required: true, style: 'matrix', explode: true, schema },
          { $ref: '#/components/parameters/a~1b' },
          { name: 'list', in: 'query', explode: false, schema },
          { name: 'free', in: 'query', allowReserved: true, schema },
          { name: 'json', in: 'query', content: { 'application/json': { schema } } },
          { name: 'Session', in: 'cookie', schema },
          { name: 'X-List', in: 'header', schema },
          { name: 'Accept', in: 'header', required: true, schema },
        ],
        requestBody: { $ref: '#/components/requestBodies/Tree' },
      },
    },
    '/label/{id}': {
      servers: [{ url: '/relative/' }],
      get: {
        operationId: 'label',
        parameters: [{ name: 'id', in: 'path', required: true, style: 'label', explode: true }],
      },
    },
    '/own': { get: { operationId: 'own', servers: [{ url: '//%%' }, { url: '../own' }] } },
  },
});

describe.each(['3.0.3', '3.1.0'])('call: openapi with an OpenAPI %s document', (version) => {
  /** `relative` gives the document no origin of its own. */
  async function served(): Promise<Documented> {
    const documents: JsonObject[] = [];
    const server = await serve(({ path }, response) =>
      json(response, 200, path.startsWith('/docs/') ? documents[0] : { ok: true }),
    );
    documents.push(openapi(version, server.origin));
    return { ...server, asked: () => server.received.filter(({ path }) => !path.startsWith('/docs/')) };
  }

  it('writes every kind of parameter', async () => {
    const server = await served();
    const parameters = {
      id: ['a/b', 'c,d'],
      suffix: { x: 1, y: '&' },
      filter: { name: 'ä', deep: { n: [1] } },
      list: ['a', 'b c'],
      free: 'a/b?c',
      json: { a: '"' },
      Session: 'one two',
      'x-list': [1, 2],
      body: { children: [] },
    };
    expect(output(await bench().call(call(server, 'putTree', parameters), origin))).toEqual({ ok: true });
    const [received] = server.asked();
    expect(received).toMatchObject({
      method: 'PUT',
      headers: { cookie: 'Session=one%20two', 'x-list': '1,2', 'content-type': 'application/json' },
    });
    const [path, query = ''] =
      received?.path.split('?', 1).concat(received.path.replace(/^[^?]*\?/, '')) ?? [];
    expect(path).toBe('/v3/trees/a%2Fb,c%2Cd;x=1;y=%26');
    expect(query.split('&')).toEqual([
      'filter%5Bname%5D=%C3%A4',
      'filter%5Bdeep%5D%5Bn%5D%5B0%5D=1',
      'list=a,b%20c',
      'free=a/b?c',
      'json=%7B%22a%22%3A%22%5C%22%22%7D',
    ]);
    expect(received?.body.toString()).toBe('{"children":[]}');
  });

  it.each([
    ['label', { id: ['a', 'b'] }, '/relative/label/.a.b'],
    ['own', {}, '/own/own'],
  ])('finds the server of %s', async (operationId, parameters, path) => {
    const server = await served();
    await bench().call(call(server, operationId, parameters), origin);
    expect(server.asked()[0]?.path).toBe(path);
  });

  it('knows its operations, and names the ones that were meant', async () => {
    const server = await served();
    const failed = error(await bench().call(call(server, 'putTre'), origin));
    expect(failed).toMatchObject({ type: 'configuration', status: 400 });
    expect(failed.detail).toMatch(/no operation "putTre" among the 3 .*Did you mean "putTree"\?/);
  });

  it('gives raw and whole answers, and errors, as call: http does', async () => {
    const server = await served();
    const { call: ask } = bench();
    const raw = output(await ask(call(server, 'own', {}, { output: 'raw' }), origin));
    expect(Buffer.from(raw as string, 'base64').toString()).toBe('{"ok":true}');
    expect(output(await ask(call(server, 'own', {}, { output: 'response' }), origin))).toMatchObject({
      statusCode: 200,
      request: { method: 'GET', uri: `${server.origin}/own/own` },
    });
  });
});
