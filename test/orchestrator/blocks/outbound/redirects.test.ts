import { afterEach, describe, expect, it } from '@jest/globals';
import { bench, closeBenches, effect, error, origin, output } from './outbound-bench.js';
import { closeServers, json, serve, type LocalServer } from './local-server.js';

afterEach(async () => {
  await closeBenches();
  await closeServers();
});

/** Redirects from /from to where it is told, with the status that the path names; anything else answers what it got. */
function redirecting(to: () => string): Promise<LocalServer> {
  return serve(({ path, method, body }, response) => {
    const status = /^\/from\/(\d+)/.exec(path)?.[1];
    if (status === undefined) {
      json(response, 200, { path, method, body: body.toString() });
      return;
    }
    response.writeHead(Number(status), { location: to() });
    response.end();
  });
}

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308, 304, 300])('is an error unless the task follows: %i', async (status) => {
    const server = await redirecting(() => '/there');
    const args = { method: 'get', endpoint: `${server.origin}/from/${status}` };
    const failed = error(await bench().call(effect('http', args), origin));
    expect(failed).toMatchObject({ type: 'communication', status });
    expect(failed.detail).toContain('/there');
    expect(server.received).toHaveLength(1);
  });

  it.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', '{"a":1}'],
    [308, 'POST', '{"a":1}'],
  ])('of status %i is followed with %s', async (status, method, body) => {
    const server = await redirecting(() => '/there?x=1');
    const args = {
      method: 'post',
      endpoint: `${server.origin}/from/${status}`,
      body: { a: 1 },
      redirect: true,
    };
    expect(output(await bench().call(effect('http', args), origin))).toEqual({
      path: '/there?x=1',
      method,
      body,
    });
    expect(server.received[1]?.headers['content-type']).toBe(body === '' ? undefined : 'application/json');
  });

  it('that leads nowhere is the answer', async () => {
    const server = await serve((_request, response) => json(response, 300, ['a', 'b']));
    const args = { method: 'get', endpoint: server.origin, redirect: true, output: 'response' };
    expect(output(await bench().call(effect('http', args), origin))).toMatchObject({
      statusCode: 300,
      content: ['a', 'b'],
    });
  });

  it('to another origin takes no credentials along', async () => {
    const other = await serve((_request, response) => json(response, 200, { ok: true }));
    const server = await redirecting(() => `${other.origin}/there`);
    const args = {
      method: 'get',
      endpoint: `${server.origin}/from/302`,
      redirect: true,
      headers: { Cookie: 'a=b', 'X-Api-Key': 'key', Accept: 'text/plain' },
    };
    const authentication = { bearer: { token: 'secret' } };
    await bench().call(effect('http', args, { authentication }), origin);
    expect(server.received[0]?.headers).toMatchObject({ authorization: 'Bearer secret', cookie: 'a=b' });
    const { headers } = other.received[0] ?? { headers: {} };
    expect(headers).toMatchObject({ accept: 'text/plain' });
    for (const name of ['authorization', 'cookie', 'x-api-key']) expect(headers).not.toHaveProperty(name);
  });

  it('within its origin keeps them', async () => {
    const server = await redirecting(() => '/there');
    const args = { method: 'get', endpoint: `${server.origin}/from/302`, redirect: true };
    await bench().call(effect('http', args, { authentication: { bearer: { token: 'secret' } } }), origin);
    expect(server.received[1]?.headers.authorization).toBe('Bearer secret');
  });

  it('that goes round ends after ten', async () => {
    const server = await redirecting(() => '/from/302');
    const args = { method: 'get', endpoint: `${server.origin}/from/302`, redirect: true };
    const failed = error(await bench().call(effect('http', args), origin));
    expect(failed).toMatchObject({ type: 'communication', status: 302, title: 'Too many redirects' });
    expect(server.received).toHaveLength(11);
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'authorization'],
    ['http://localhost:1/', 'authorization'],
    ['http://user:password@127.0.0.1/', 'authorization'],
    ['file:///etc/passwd', 'authorization'],
    ['http://', 'communication'],
  ])('to %s is refused', async (to, type) => {
    const server = await redirecting(() => to);
    const args = { method: 'get', endpoint: `${server.origin}/from/307`, redirect: true };
    const failed = error(await bench().call(effect('http', args), origin));
    expect(failed.type).toBe(type);
    expect(failed.detail).not.toContain('password@');
    expect(server.received).toHaveLength(1);
  });

  it('from https to http is refused', async () => {
    const server = await redirecting(() => 'http://secure.example/there');
    const { call } = bench({
      hosts: '*',
      targets: '127.0.0.1',
      hostMap: { 'secure.example': server.origin },
    });
    const args = { method: 'get', endpoint: 'https://secure.example/from/302', redirect: true };
    expect(error(await call(effect('http', args), origin)).detail).toContain('from https to http');
  });
});
