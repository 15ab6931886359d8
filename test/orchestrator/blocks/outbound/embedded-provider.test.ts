import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { decodeJwt } from 'jose';
import { clients } from '../../../../contracts/identity.js';
import { silentLogger } from '../../../../contracts/logger.js';
import type { AuthenticationPolicy } from '../../../../contracts/workflow-authentication.js';
import { createEmbeddedIdentity } from '../../../../infra/identity/embedded/embedded-identity.js';
import { createMemoryDocuments } from '../../../../infra/memory/memory-documents.js';
import { listen, testRealm, type Listening } from '../../../contract/identity-realm.js';
import { bench, closeBenches, effect, error, origin, output } from './outbound-bench.js';

/** Not a provider of our own making: oidc-provider, as the sandbox serves it. */
describe('a call that signs in at a real OpenID provider', () => {
  let server: Listening;
  let authority: string;

  beforeAll(async () => {
    server = await listen();
    const identity = await createEmbeddedIdentity({
      realm: await testRealm(),
      publicUrl: server.origin,
      documents: createMemoryDocuments(),
      clock: { now: () => new Date() },
      logger: silentLogger,
      environment: {},
    });
    authority = identity.issuer;
    server.handle = express()
      .get('/protected', (request, response) => {
        response.json({ shown: request.get('authorization') });
      })
      .use(identity.router);
  });
  afterAll(async () => {
    await closeBenches();
    await server.close();
  });

  const ask = (authentication: AuthenticationPolicy): ReturnType<ReturnType<typeof bench>['call']> =>
    bench({ hosts: 'localhost' }).call(
      effect('http', { method: 'get', endpoint: `${server.origin}/protected` }, { authentication }),
      origin,
    );
  const runtime = { id: clients.runtime, secret: 'training-only-runtime-secret' };

  it.each(['client_secret_basic', 'client_secret_post'] as const)(
    'gets a token by client_credentials with %s',
    async (authentication) => {
      const client = { ...runtime, authentication };
      const shown = output(await ask({ oidc: { authority, grant: 'client_credentials', client } }));
      const token = (shown as { readonly shown: string }).shown.replace(/^Bearer /, '');
      expect(decodeJwt(token).iss).toBe(authority);
    },
  );

  it('gets a token by its endpoint and the password grant', async () => {
    const outcome = await ask({
      oauth2: {
        authority,
        endpoints: { token: '/protocol/openid-connect/token' },
        grant: 'password',
        client: { id: clients.cli, authentication: 'none' },
        username: 'admin-zoe',
        password: 'admin-zoe',
        issuers: [authority],
      },
    });
    expect(output(outcome)).toMatchObject({ shown: expect.stringMatching(/^Bearer ey/) });
  });

  it('is told why it gets none', async () => {
    const client = { ...runtime, secret: 'another' };
    const failed = error(await ask({ oidc: { authority, grant: 'client_credentials', client } }));
    expect(failed).toMatchObject({ type: 'authentication', status: 401 });
    expect(failed.detail).toContain('invalid_client');
  });
});
