import { afterEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { closeServers, json, serve } from './local-server.js';
import { call, documented, swagger } from './openapi-bench.js';
import { bench, closeBenches, effect, error, origin, output, type Bench } from './outbound-bench.js';

afterEach(async () => {
  await closeBenches();
  await closeServers();
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
