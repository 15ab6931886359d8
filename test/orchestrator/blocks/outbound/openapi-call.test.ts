import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../contracts/json.js';
import { stringify } from 'yaml';
import { bench, closeBenches, effect, error, origin, output, type Bench } from './outbound-bench.js';
import { closeServers, json, serve, type LocalServer } from './local-server.js';

afterEach(async () => {
  await closeBenches();
  await closeServers();
});

interface Documented extends LocalServer {
  /** The requests that were not for the document. */
  asked(): LocalServer['received'];
}

/** A system with its document at /docs/openapi, as text when it is text. */
async function documented(
  document: object | string,
  headers: Record<string, string> = {},
): Promise<Documented> {
  const server = await serve(({ path }, response) => {
    if (!path.startsWith('/docs/')) {
      json(response, 200, { ok: true });
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain', ...headers });
    response.end(typeof document === 'string' ? document : JSON.stringify(document));
  });
  return { ...server, asked: () => server.received.filter(({ path }) => !path.startsWith('/docs/')) };
}

function call(
  server: LocalServer,
  operationId: string,
  parameters: JsonObject = {},
  more: object = {},
): ReturnType<typeof effect> {
  const document = { endpoint: { uri: `${server.origin}/docs/openapi` } };
  return effect('openapi', { document, operationId, parameters, ...more });
}

const swagger = {
  swagger: '2.0',
  basePath: '/v2',
  schemes: ['http'],
  consumes: ['application/json'],
  parameters: { trace: { name: 'X-Trace', in: 'header', type: 'string' } },
  paths: {
    '/pets/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, type: 'integer' }],
      get: { operationId: 'getPet', parameters: [{ $ref: '#/parameters/trace' }] },
      post: {
        operationId: 'updatePetForm',
        consumes: ['application/x-www-form-urlencoded'],
        parameters: [
          { name: 'name', in: 'formData', type: 'string', required: true },
          { name: 'tags', in: 'formData', type: 'array' },
        ],
      },
    },
    '/pets': {
      get: {
        operationId: 'findPets',
        parameters: [
          { name: 'multi', in: 'query', type: 'array', collectionFormat: 'multi' },
          { name: 'csv', in: 'query', type: 'array' },
          { name: 'ssv', in: 'query', type: 'array', collectionFormat: 'ssv' },
          { name: 'tsv', in: 'query', type: 'array', collectionFormat: 'tsv' },
          { name: 'pipes', in: 'query', type: 'array', collectionFormat: 'pipes' },
          { name: 'limit', in: 'query', type: 'integer', default: 10 },
        ],
      },
      post: { operationId: 'addPet', parameters: [{ name: 'pet', in: 'body', required: true, schema: {} }] },
    },
    '/files': {
      post: {
        operationId: 'upload',
        consumes: ['multipart/form-data'],
        parameters: [{ name: 'file', in: 'formData', type: 'file' }],
      },
    },
  },
};

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

describe('a document from elsewhere', () => {
  const minimal = (version = '3.0.0'): object => ({
    openapi: version,
    paths: { '/a': { get: { operationId: 'a' } }, '/b': { get: { operationId: 'b' } } },
  });

  it('may be YAML', async () => {
    const server = await documented(stringify({ ...swagger, swagger: 2 }));
    expect(output(await bench().call(call(server, 'getPet', { id: 1 }), origin))).toEqual({ ok: true });
    expect(server.asked()[0]?.path).toBe('/v2/pets/1');
  });

  it.each([
    ['{"openapi": ', 'neither valid JSON nor valid YAML'],
    ['a: [', 'neither valid JSON nor valid YAML'],
    ['just text', 'not an OpenAPI document'],
    ['[1]', 'not an OpenAPI document'],
    ['{"openapi": "4.0.0"}', 'version 2.0, 3.0 or 3.1'],
    ['{"asyncapi": "3.0.0"}', 'version 2.0, 3.0 or 3.1'],
    [
      `a: &a [x, x]\n${Array.from({ length: 30 }, (_one, index) => `k${index}: &b${index} [${Array.from({ length: 9 }, () => (index === 0 ? '*a' : `*b${index - 1}`)).join(', ')}]`).join('\n')}`,
      'neither',
    ],
  ])('that is none is refused: %#', async (text, detail) => {
    const server = await documented(text);
    const failed = error(await bench().call(call(server, 'a'), origin));
    expect(failed).toMatchObject({ type: 'configuration', status: 400 });
    expect(failed.detail).toContain(detail);
  });

  it.each(['file:///etc/openapi.json', 'openapi.json', './openapi.json', '/docs/openapi'])(
    'is not read from %s',
    async (uri) => {
      const args = { document: { endpoint: uri }, operationId: 'a' };
      const failed = error(await bench().call(effect('openapi', args), origin));
      expect(failed).toMatchObject({ type: 'configuration' });
      expect(failed.detail).toContain('http or https');
    },
  );

  it('is not read as YAML when it is very large', async () => {
    const server = await documented(`a: ${'x'.repeat(2 * 1024 * 1024)}`);
    const failed = error(await bench().call(call(server, 'a'), origin));
    expect(failed).toMatchObject({ type: 'configuration' });
    expect(failed.detail).toContain('as JSON only');
  });

  it('obeys the egress rules', async () => {
    const server = await documented(minimal());
    const failed = error(await bench({ hosts: 'elsewhere.example' }).call(call(server, 'a'), origin));
    expect(failed.type).toBe('authorization');
  });

  it('that is not there is a communication error with its status', async () => {
    const server = await serve((_request, response) => json(response, 404, {}));
    expect(error(await bench().call(call(server, 'a'), origin))).toMatchObject({
      type: 'communication',
      status: 404,
    });
  });

  it('is kept, and asked for once by many calls', async () => {
    const server = await documented(minimal());
    const way = bench();
    await Promise.all(['a', 'b', 'a'].map((id) => way.call(call(server, id), origin)));
    expect(server.received.filter(({ path }) => path.startsWith('/docs/'))).toHaveLength(1);
    way.later(299_000);
    await way.call(call(server, 'a'), origin);
    expect(server.received.filter(({ path }) => path.startsWith('/docs/'))).toHaveLength(1);
    way.later(2_000);
    await way.call(call(server, 'a'), origin);
    expect(server.received.filter(({ path }) => path.startsWith('/docs/'))).toHaveLength(2);
  });

  it.each([
    ['max-age=10', 9_000, 1],
    ['max-age=10', 11_000, 2],
    ['no-store', 0, 2],
    ['max-age=999999', 3_590_000, 1],
    ['max-age=999999', 3_610_000, 2],
  ])('is kept as %s says, after %i ms asked %i times', async (cacheControl, wait, times) => {
    const server = await documented(minimal(), { 'cache-control': cacheControl });
    const way = bench();
    await way.call(call(server, 'a'), origin);
    way.later(wait);
    await way.call(call(server, 'a'), origin);
    expect(server.received.filter(({ path }) => path.startsWith('/docs/'))).toHaveLength(times);
  });

  it('is asked for anew by its ETag', async () => {
    const server = await serve(({ path, headers }, response) => {
      if (!path.startsWith('/docs/')) {
        json(response, 200, { ok: true });
        return;
      }
      if (headers['if-none-match'] !== '"v1"') {
        json(response, 200, minimal(), { etag: '"v1"' });
        return;
      }
      response.writeHead(304).end();
    });
    const way: Bench = bench();
    for (let time = 0; time < 3; time += 1) {
      expect(output(await way.call(call(server, 'a'), origin))).toEqual({ ok: true });
      way.later(400_000);
    }
    const asked = server.received.filter(({ path }) => path.startsWith('/docs/'));
    expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"v1"', '"v1"']);
  });

  it('is asked for with its own authentication, and the operation with its own', async () => {
    const server = await serve(({ path, headers }, response) => {
      const wanted = path.startsWith('/docs/') ? 'Bearer document' : 'Bearer operation';
      if (headers.authorization !== wanted) {
        json(response, 401, {});
        return;
      }
      json(response, 200, path.startsWith('/docs/') ? minimal() : { ok: true });
    });
    const asking = {
      ...call(server, 'a'),
      documentAuthentication: { bearer: { token: 'document' } },
      authentication: { bearer: { token: 'operation' } },
    };
    expect(output(await bench().call(asking, origin))).toEqual({ ok: true });
    const { documentAuthentication: _left, ...without } = asking;
    expect(error(await bench().call(without, origin))).toMatchObject({ type: 'communication', status: 401 });
  });

  it('whose references lead to other files says so', async () => {
    const server = await documented({
      openapi: '3.0.0',
      paths: { '/a': { get: { operationId: 'a', parameters: [{ $ref: 'common.yaml#/x' }] } } },
    });
    const failed = error(await bench().call(call(server, 'a'), origin));
    expect(failed).toMatchObject({ type: 'configuration' });
    expect(failed.detail).toContain('common.yaml#/x');
  });

  it('whose references go round is read all the same', async () => {
    const server = await documented({
      openapi: '3.0.0',
      components: {
        parameters: { x: { $ref: '#/components/parameters/y' }, y: { $ref: '#/components/parameters/x' } },
      },
      paths: { '/a': { get: { operationId: 'a', parameters: [{ $ref: '#/components/parameters/x' }] } } },
    });
    expect(output(await bench().call(call(server, 'a'), origin))).toEqual({ ok: true });
  });

  it.each([
    [{ operationId: 'a' }, 'with.document'],
    [{ document: { endpoint: 'https://a.example' } }, 'with.operationId'],
    [{ document: { endpoint: 'https://a.example' }, operationId: 'a', parameters: [] }, 'with.parameters'],
  ])('is not asked for with wrong arguments: %j', async (args, detail) => {
    const failed = error(await bench().call(effect('openapi', args), origin));
    expect(failed).toMatchObject({ type: 'validation' });
    expect(failed.detail).toContain(detail);
  });
});
