import { afterEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import type { AuthenticationPolicy } from '../../../../contracts/workflow-authentication.js';
import { workspaceIdSchema } from '../../../../contracts/ids.js';
import { bench, closeBenches, effect, error, origin, output, type Bench } from './outbound-bench.js';
import { closeServers } from './local-server.js';
import { tokenServer, type TokenServer } from './token-server.js';

afterEach(async () => {
  await closeBenches();
  await closeServers();
});

type Properties = Extract<AuthenticationPolicy, { readonly oidc: unknown }>['oidc'] & {
  readonly endpoints?: object;
};

function policy(server: TokenServer, more: object = {}): { readonly authentication: AuthenticationPolicy } {
  const client = { id: 'sandbox', secret: 's e:c&r€t' };
  const properties = { authority: `${server.origin}/auth/`, grant: 'client_credentials', client, ...more };
  return { authentication: { oauth2: properties as unknown as Properties } };
}

function ask(
  { call }: Bench,
  server: TokenServer,
  authentication: { readonly authentication: AuthenticationPolicy },
  from = origin,
): ReturnType<Bench['call']> {
  const args = { method: 'get', endpoint: `${server.origin}/protected` };
  return call(effect('http', args, authentication), from);
}

describe('oauth2', () => {
  it('gets a token, shows it, and tells $authorization', async () => {
    const server = await tokenServer();
    const outcome = await ask(bench(), server, policy(server, { scopes: ['a', 'b'], audiences: ['x', 'y'] }));
    expect(output(outcome)).toEqual({ ok: true });
    expect(outcome).toMatchObject({ authorization: { scheme: 'Bearer', parameter: 'token-1' } });
    expect([...(server.asked[0] ?? [])]).toEqual([
      ['grant_type', 'client_credentials'],
      ['scope', 'a b'],
      ['audience', 'x'],
      ['audience', 'y'],
      ['client_id', 'sandbox'],
      ['client_secret', 's e:c&r€t'],
    ]);
    expect(server.received[0]).toMatchObject({ method: 'POST', path: '/auth/oauth2/token' });
  });

  it('keeps the token until shortly before it ends', async () => {
    const server = await tokenServer();
    const way = bench();
    for (const wait of [0, 200_000, 69_000, 2_000]) {
      way.later(wait);
      await ask(way, server, policy(server));
    }
    expect(server.shown).toEqual(['token-1', 'token-1', 'token-1', 'token-2']);
  });

  it('asks once for many calls at the same time', async () => {
    const server = await tokenServer();
    const way = bench();
    await Promise.all(Array.from({ length: 8 }, () => ask(way, server, policy(server))));
    expect(server.asked).toHaveLength(1);
    expect(server.shown).toHaveLength(8);
  });

  it('does not share tokens between workspaces or policies', async () => {
    const server = await tokenServer();
    const way = bench();
    const elsewhere = { ...origin, run: { ...origin.run, workspace: workspaceIdSchema.parse('w-2') } };
    await ask(way, server, policy(server));
    await ask(way, server, policy(server), elsewhere);
    await ask(way, server, policy(server, { scopes: ['more'] }));
    expect(server.shown).toEqual(['token-1', 'token-2', 'token-3']);
  });

  it('gets another token once when the system does not accept the one it has', async () => {
    const revoked = new Set<string>();
    const server = await tokenServer({ accepts: (token) => !revoked.has(token) });
    const way = bench();
    await ask(way, server, policy(server));
    revoked.add('token-1');
    expect(output(await ask(way, server, policy(server)))).toEqual({ ok: true });
    expect(server.shown).toEqual(['token-1', 'token-1', 'token-2']);
    const closed = await tokenServer({ accepts: () => false });
    const failed = error(await ask(bench(), closed, policy(closed)));
    expect(failed).toMatchObject({ type: 'authentication', status: 401 });
    expect(closed.shown).toEqual(['token-1', 'token-2']);
  });

  it.each([
    ['password', { username: 'amina', password: 'secret' }, { username: 'amina', password: 'secret' }],
    [
      'refresh_token',
      { subject: { token: 'refresh-0', type: 'refresh_token' } },
      { refresh_token: 'refresh-0' },
    ],
    [
      'urn:ietf:params:oauth:grant-type:token-exchange',
      { subject: { token: 's', type: 'access_token' }, actor: { token: 'a', type: 'urn:x:y' } },
      {
        subject_token: 's',
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        actor_token: 'a',
        actor_token_type: 'urn:x:y',
      },
    ],
  ])('knows the grant %s', async (grant, given, sent) => {
    const server = await tokenServer();
    expect(output(await ask(bench(), server, policy(server, { grant, ...given })))).toEqual({ ok: true });
    expect(Object.fromEntries(server.asked[0] ?? [])).toMatchObject({ grant_type: grant, ...sent });
  });

  it('goes on with the newer refresh token, and begins again when that is refused', async () => {
    let refuse = false;
    const server = await tokenServer({
      answer: (parameters) =>
        refuse && parameters.get('refresh_token') !== 'refresh-0'
          ? { error: 'invalid_grant' }
          : {
              access_token: `token-${server.asked.length}`,
              expires_in: 60,
              refresh_token: `refresh-${server.asked.length}`,
            },
    });
    const way = bench();
    const refreshing = policy(server, { grant: 'refresh_token', subject: { token: 'refresh-0', type: 'x' } });
    await ask(way, server, refreshing);
    way.later(60_000);
    await ask(way, server, refreshing);
    refuse = true;
    way.later(60_000);
    expect(error(await ask(way, server, refreshing)).detail).toContain('invalid_grant');
    await ask(way, server, refreshing);
    expect(server.asked.map((parameters) => parameters.get('refresh_token'))).toEqual([
      'refresh-0',
      'refresh-1',
      'refresh-2',
      'refresh-0',
    ]);
  });

  it.each([
    [{ grant: 'authorization_code' }, 'nobody sits there'],
    [{ grant: 'password' }, 'lacks username'],
    [{ grant: 'refresh_token' }, 'subject.token'],
    [{ grant: 'urn:ietf:params:oauth:grant-type:token-exchange' }, 'subject.token'],
    [{ client: { id: 'x' } }, 'client.secret'],
    [{ client: { secret: 'x' } }, 'client.id'],
    [{ client: { id: 'x', authentication: 'private_key_jwt' } }, 'client.assertion'],
    [{ client: { id: 'x', secret: 'no key', authentication: 'private_key_jwt' } }, 'no private key'],
    [{ authority: 'not an address' }, 'not an address'],
  ])('says what a policy lacks: %j', async (more, detail) => {
    const server = await tokenServer();
    const failed = error(await ask(bench(), server, policy(server, more)));
    expect(failed).toMatchObject({ type: 'configuration', status: 400 });
    expect(failed.detail).toContain(detail);
    expect(server.received).toEqual([]);
  });

  it.each([
    [400, { error: 'invalid_client', error_description: 'Unknown client' }, 'invalid_client, Unknown client'],
    [200, { token_type: 'bearer' }, 'gave no access token'],
    [200, { access_token: 'x', token_type: 'DPoP' }, 'no bearer token'],
    [200, { access_token: 'x\ny' }, 'gave no access token'],
    [302, { access_token: 'x' }, '302'],
  ])('is an authentication error when the server answers %i %j', async (status, answer, detail) => {
    const server = await tokenServer({ status, answer: () => answer });
    const failed = error(await ask(bench(), server, policy(server)));
    expect(failed).toMatchObject({ type: 'authentication', status: 401 });
    expect(failed.detail).toContain(detail);
    expect(failed.detail).not.toContain('s e:c&r');
    expect(server.shown).toEqual([]);
  });

  it('sends JSON when the policy says so', async () => {
    const server = await tokenServer();
    const json = {
      request: { encoding: 'application/json' },
      endpoints: { token: 'my/token' },
      audiences: ['x', 'y'],
    };
    expect(output(await ask(bench(), server, policy(server, json)))).toEqual({ ok: true });
    expect(server.received[0]?.path).toBe('/auth/my/token');
    expect(JSON.parse(server.received[0]?.body.toString() ?? '')).toMatchObject({
      grant_type: 'client_credentials',
      audience: ['x', 'y'],
    });
  });

  it('obeys the egress rules on the way to the token too', async () => {
    const server = await tokenServer();
    const failed = error(await ask(bench(), server, policy(server, { authority: 'http://169.254.169.254' })));
    expect(failed.type).toBe('authorization');
  });
});

describe('a policy with URI templates', () => {
  it('takes their values from the input', async () => {
    const server = await tokenServer();
    const more = { authority: `${server.origin}/{realm}`, endpoints: { token: '/t/{kind}' } };
    const args = { method: 'get', endpoint: `${server.origin}/protected` };
    const input = { realm: 'a/b', kind: 'k' };
    const outcome = await bench().call(effect('http', args, { ...policy(server, more), input }), origin);
    expect(output(outcome)).toEqual({ ok: true });
    expect(server.received[0]?.path).toBe('/a%2Fb/t/k');
  });
});

describe('a client', () => {
  it('proves itself by client_secret_basic', async () => {
    const server = await tokenServer();
    const client = { id: 'san:dbox', secret: 's c', authentication: 'client_secret_basic' };
    await ask(bench(), server, policy(server, { client }));
    const [, encoded = ''] = server.received[0]?.headers.authorization?.split(' ') ?? [];
    expect(Buffer.from(encoded, 'base64').toString()).toBe('san%3Adbox:s+c');
    expect(server.asked[0]?.has('client_secret')).toBe(false);
  });

  it('is only named with none', async () => {
    const server = await tokenServer();
    await ask(bench(), server, policy(server, { client: { id: 'public', authentication: 'none' } }));
    expect(Object.fromEntries(server.asked[0] ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'public',
    });
  });

  it('proves itself by client_secret_jwt', async () => {
    const server = await tokenServer();
    const client = {
      id: 'sandbox',
      secret: 'a secret of at least 32 characters',
      authentication: 'client_secret_jwt',
    };
    await ask(bench(), server, policy(server, { client }));
    const { payload } = await jwtVerify(
      server.asked[0]?.get('client_assertion') ?? '',
      new TextEncoder().encode(client.secret),
      {
        issuer: 'sandbox',
        subject: 'sandbox',
        audience: `${server.origin}/auth/oauth2/token`,
        currentDate: new Date('2026-01-01T00:00:30Z'),
      },
    );
    expect(payload.jti).toMatch(/./);
  });

  it.each([
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['EC', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ])('proves itself by private_key_jwt with a key: %s', async (_kind, { privateKey, publicKey }) => {
    const server = await tokenServer();
    for (const secret of [
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'k1' }),
    ]) {
      const client = { id: 'sandbox', secret, authentication: 'private_key_jwt' };
      await ask(bench(), server, policy(server, { client }));
      const assertion = server.asked.at(-1)?.get('client_assertion') ?? '';
      await jwtVerify(assertion, publicKey, {
        issuer: 'sandbox',
        currentDate: new Date('2026-01-01T00:00:30Z'),
      });
      expect(server.asked.at(-1)?.has('client_secret')).toBe(false);
    }
  });

  it('hands on an assertion that it was given', async () => {
    const server = await tokenServer();
    const client = { id: 'sandbox', assertion: 'a.b.c', authentication: 'private_key_jwt' };
    await ask(bench(), server, policy(server, { client }));
    expect(server.asked[0]?.get('client_assertion')).toBe('a.b.c');
  });
});

describe('oidc', () => {
  const oidc = (
    server: TokenServer,
    more: object = {},
  ): { readonly authentication: AuthenticationPolicy } => ({
    authentication: {
      oidc: {
        authority: `${server.origin}/realms/a`,
        grant: 'client_credentials',
        client: { id: 'sandbox', secret: 'secret' },
        ...more,
      },
    },
  });

  it.each(['', '/', '/.well-known/openid-configuration'])(
    'finds the token endpoint: authority%s',
    async (end) => {
      const server = await tokenServer();
      const authority = `${server.origin}/realms/a${end}`;
      const way = bench();
      expect(output(await ask(way, server, oidc(server, { authority })))).toEqual({ ok: true });
      way.later(400_000);
      await ask(way, server, oidc(server, { authority }));
      const paths = server.received.map(({ path }) => path);
      expect(paths.filter((path) => path === '/found/token')).toHaveLength(2);
      // What was found is kept.
      expect(paths.filter((path) => path === '/realms/a/.well-known/openid-configuration')).toHaveLength(1);
    },
  );

  it('trusts another issuer only when the policy lists it', async () => {
    const server = await tokenServer({ issuer: 'https://elsewhere.example' });
    expect(error(await ask(bench(), server, oidc(server))).detail).toContain('https://elsewhere.example');
    const listed = oidc(server, { issuers: ['https://elsewhere.example/'] });
    expect(output(await ask(bench(), server, listed))).toEqual({ ok: true });
  });

  it('says what is missing when there is no such document', async () => {
    const server = await tokenServer();
    const failed = error(
      await ask(bench(), server, oidc(server, { authority: `${server.origin}/protected` })),
    );
    expect(failed).toMatchObject({ type: 'authentication' });
    const nowhere = error(await ask(bench(), server, oidc(server, { authority: 'nowhere' })));
    expect(nowhere).toMatchObject({ type: 'configuration' });
  });
});

describe('issuers', () => {
  const token = (iss: string | undefined): Promise<string> => {
    const jwt = new SignJWT(iss === undefined ? {} : { iss });
    return jwt.setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
  };

  it.each([
    ['https://right.example', true],
    ['https://right.example/', true],
    ['https://wrong.example', false],
    [undefined, false],
  ])('of a token are checked: %s', async (iss, accepted) => {
    const access = await token(iss);
    expect(decodeJwt(access).iss).toBe(iss);
    const server = await tokenServer({ answer: () => ({ access_token: access }), accepts: () => true });
    const outcome = await ask(bench(), server, policy(server, { issuers: ['https://right.example'] }));
    if (accepted) expect(output(outcome)).toEqual({ ok: true });
    else expect(error(outcome).type).toBe('authentication');
  });

  it('cannot be checked of a token that says nothing', async () => {
    const server = await tokenServer();
    const failed = error(await ask(bench(), server, policy(server, { issuers: ['https://right.example'] })));
    expect(failed.detail).toContain('does not say who issued it');
  });
});
