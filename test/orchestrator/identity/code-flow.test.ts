import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';

import { createCodeFlow } from '../../../orchestrator/identity/code-flow.js';
import type { CodeFlow } from '../../../orchestrator/identity/code-flow.js';

const issuer = 'https://id.example/realms/govstack';
const attempt = { state: 's'.repeat(43), nonce: 'n'.repeat(43), verifier: 'v'.repeat(43), returnTo: '/' };

async function flowAnswering(changes: Record<string, unknown> | 'no identity token'): Promise<CodeFlow> {
  const claims = { iss: issuer, aud: 'sandbox-console', nonce: attempt.nonce };
  const idToken = await new SignJWT({ ...claims, ...(changes === 'no identity token' ? {} : changes) })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new Uint8Array(32));
  return createCodeFlow({
    discovery: async () => ({
      issuer,
      authorization: `${issuer}/auth`,
      endSession: `${issuer}/logout`,
      token: `${issuer}/token`,
      revocation: `${issuer}/revoke`,
      logout: 'https://id.example/logout',
      keys: `${issuer}/certs`,
    }),
    clientId: 'sandbox-console',
    clientSecret: 'secret',
    redirectUri: 'http://localhost:4000/auth/callback',
    postLogoutUri: 'http://localhost:4000/',
    fetch: async () =>
      Response.json({
        access_token: 'a',
        expires_in: 900,
        ...(changes !== 'no identity token' && { id_token: idToken }),
      }),
  });
}

describe('createCodeFlow', () => {
  it('asks with PKCE, state and nonce, and never shows the verifier', async () => {
    const url = new URL(await (await flowAnswering({})).authorizationUrl(attempt, { language: 'ar' }));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'sandbox-console',
      redirect_uri: 'http://localhost:4000/auth/callback',
      scope: 'openid profile',
      state: attempt.state,
      nonce: attempt.nonce,
      // SHA-256 of 43 times "v", in base64url.
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      ui_locales: 'ar',
    });
    expect(url.href).not.toContain(attempt.verifier);
  });

  it('names the person who is to act, and has the provider forget whom it knows', async () => {
    const url = new URL(await (await flowAnswering({})).authorizationUrl(attempt, { person: 'amina' }));
    expect([url.searchParams.get('login_hint'), url.searchParams.get('prompt')]).toEqual(['amina', 'login']);
  });

  it('takes the tokens that answer this attempt', async () => {
    const flow = await flowAnswering({ aud: ['other', 'sandbox-console'] });
    expect(await flow.exchange(attempt, 'code')).toMatchObject({ accessToken: 'a', expiresIn: 900 });
  });

  it.each<[string, Record<string, unknown> | 'no identity token']>([
    ['of another sign-in', { nonce: 'other' }],
    ['without a nonce', { nonce: undefined }],
    ['for another client', { aud: 'sandbox-cli' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['that is missing', 'no identity token'],
  ])('refuses an identity token %s', async (_what, changes) => {
    const flow = await flowAnswering(changes);
    await expect(flow.exchange(attempt, 'code')).rejects.toMatchObject({ code: 'GSB-AUT-001' });
  });
});
