import { afterEach, describe, expect, it } from '@jest/globals';
import type { AuthenticationPolicy } from '../../../../contracts/workflow-authentication.js';
import { bench, closeBenches, effect, error, origin, output } from './outbound-bench.js';
import { closeServers, json, serve } from './local-server.js';

afterEach(async () => {
  await closeBenches();
  await closeServers();
});

const openTo =
  (authorization: string) =>
  (
    { headers }: { readonly headers: { readonly authorization?: string | undefined } },
    response: Parameters<typeof json>[0],
  ): void =>
    json(response, headers.authorization === authorization ? 200 : 401, { ok: true });

describe('basic authentication', () => {
  it('proves itself, and tells $authorization', async () => {
    const parameter = Buffer.from('amina:pässword').toString('base64');
    const server = await serve(openTo(`Basic ${parameter}`));
    const authentication = { basic: { username: 'amina', password: 'pässword' } };
    const call = effect('http', { method: 'get', endpoint: server.origin }, { authentication });
    const outcome = await bench().call(call, origin);
    expect(output(outcome)).toEqual({ ok: true });
    expect(outcome).toMatchObject({ authorization: { scheme: 'Basic', parameter } });
  });

  it('is an authentication error when it is refused, and is tried once', async () => {
    const server = await serve(openTo('nothing'));
    const authentication = { basic: { username: 'amina', password: 'wrong-secret' } };
    const failed = error(
      await bench().call(
        effect('http', { method: 'get', endpoint: server.origin }, { authentication }),
        origin,
      ),
    );
    expect(failed).toMatchObject({ type: 'authentication', status: 401, instance: '/do/0/ask' });
    expect(JSON.stringify(failed)).not.toContain('wrong-secret');
    expect(server.received).toHaveLength(1);
  });

  it('wins over a header of the workflow', async () => {
    const server = await serve(openTo('Bearer right'));
    const args = { method: 'get', endpoint: server.origin, headers: { Authorization: 'Bearer wrong' } };
    const authentication = { bearer: { token: 'right' } };
    expect(output(await bench().call(effect('http', args, { authentication }), origin))).toEqual({
      ok: true,
    });
  });
});

describe('a 401 without authentication', () => {
  it('is a communication error like any other status', async () => {
    const server = await serve(openTo('nothing'));
    const failed = error(
      await bench().call(effect('http', { method: 'get', endpoint: server.origin }), origin),
    );
    expect(failed).toMatchObject({ type: 'communication', status: 401 });
  });
});

describe('a policy that is wrong', () => {
  it.each([
    [{ basic: { username: 'a' } }, 'basic.password must be text'],
    [{ basic: { username: 'a:b', password: 'x' } }, 'colon'],
    [{ basic: { use: 'aSecret' } }, 'basic.username must be text'],
    [{ bearer: { token: 5 } }, 'bearer.token must be text'],
    [{ bearer: { token: 'a\r\nHost: b' } }, 'bearer token'],
    [{ bearer: { token: '' } }, 'bearer token'],
    [{ digest: {} }, 'digest.username must be text; digest.password must be text'],
    [{ oauth2: { authority: 'http://127.0.0.1', grant: 'magic' } }, 'oauth2.grant'],
    [{ oidc: { grant: 'password' } }, 'oidc.authority must be text'],
  ])('names what is wrong: %j', async (authentication, detail) => {
    const server = await serve(openTo('nothing'));
    const call = effect(
      'http',
      { method: 'get', endpoint: server.origin },
      {
        authentication: authentication as unknown as AuthenticationPolicy,
      },
    );
    const failed = error(await bench().call(call, origin));
    expect(failed).toMatchObject({ type: 'configuration', status: 400 });
    expect(failed.detail).toContain(detail);
    expect(server.received).toEqual([]);
  });
});
