import { describe, expect, it } from '@jest/globals';

import { createDiscovery } from '../../../orchestrator/identity/provider-endpoints.js';

const issuer = 'https://sandbox.example/realms/govstack';
const metadata = (of = issuer): object => ({
  issuer: of,
  authorization_endpoint: `${of}/auth`,
  token_endpoint: `${of}/token`,
  end_session_endpoint: `${of}/logout`,
  revocation_endpoint: `${of}/revoke`,
  jwks_uri: `${of}/certs`,
});

describe('createDiscovery', () => {
  it('sends browsers to the public address and its own requests over the back channel, and reads once', async () => {
    const asked: string[] = [];
    const discovery = createDiscovery({
      issuer,
      backChannel: 'http://127.0.0.1:4000',
      fetch: async (address) => {
        asked.push(address as string);
        return Response.json(metadata());
      },
    });
    const inside = 'http://127.0.0.1:4000/realms/govstack';
    expect(await Promise.all([discovery(), discovery()]).then(([first]) => first)).toEqual({
      issuer,
      authorization: `${issuer}/auth`,
      endSession: `${issuer}/logout`,
      logout: `${inside}/logout`,
      token: `${inside}/token`,
      revocation: `${inside}/revoke`,
      keys: `${inside}/certs`,
    });
    expect(asked).toEqual([`${inside}/.well-known/openid-configuration`]);
  });

  it('refuses the description of another issuer', async () => {
    const discovery = createDiscovery({
      issuer,
      fetch: async () => Response.json(metadata('https://evil.example')),
    });
    await expect(discovery()).rejects.toMatchObject({ code: 'GSB-CFG-001' });
  });

  it('tries again after a failure', async () => {
    let up = false;
    const discovery = createDiscovery({
      issuer,
      fetch: async () => (up ? Response.json(metadata()) : new Response('starting', { status: 503 })),
    });
    await expect(discovery()).rejects.toMatchObject({ code: 'GSB-CFG-007' });
    up = true;
    expect(await discovery()).toMatchObject({ token: `${issuer}/token` });
  });
});
