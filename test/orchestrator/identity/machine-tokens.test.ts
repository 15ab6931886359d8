import { describe, expect, it } from '@jest/globals';

import { createPasswordTokens, createServiceToken } from '../../../orchestrator/identity/machine-tokens.js';

interface Provider {
  readonly forms: URLSearchParams[];
  readonly fetch: typeof fetch;
  answer: () => Response;
}

function provider(expiresIn = 900): Provider {
  let issued = 0;
  const made: Provider = {
    forms: [],
    answer: () => Response.json({ access_token: `token-${(issued += 1)}`, expires_in: expiresIn }),
    fetch: async (_address, init) => {
      made.forms.push(init?.body as URLSearchParams);
      return made.answer();
    },
  };
  return made;
}

const start = Date.UTC(2026, 0, 1);

describe('createPasswordTokens', () => {
  it('asks once per persona, also when many ask at once, and again shortly before the end', async () => {
    const { forms, fetch } = provider();
    let now = start;
    const clock = { now: () => new Date(now) };
    const tokens = createPasswordTokens({
      tokenEndpoint: 'http://x/token',
      clientId: 'sandbox-cli',
      clock,
      fetch,
    });
    expect(await Promise.all(['amina', 'amina', 'bo'].map((name) => tokens.tokenOf(name)))).toEqual([
      'token-1',
      'token-1',
      'token-2',
    ]);
    expect(Object.fromEntries(forms[0]!)).toEqual({
      grant_type: 'password',
      client_id: 'sandbox-cli',
      username: 'amina',
      password: 'amina',
      scope: 'openid profile',
    });
    now = start + 869_000;
    expect(await tokens.tokenOf('amina')).toBe('token-1');
    now = start + 871_000;
    expect(await Promise.all([tokens.tokenOf('amina'), tokens.tokenOf('amina')])).toEqual([
      'token-3',
      'token-3',
    ]);
    expect(forms).toHaveLength(3);
  });

  it('tells a refusal from silence, and remembers neither', async () => {
    const asked = provider();
    const good = asked.answer;
    const { tokenOf } = createPasswordTokens({
      tokenEndpoint: 'http://x/token',
      clientId: 'sandbox-cli',
      clock: { now: () => new Date(start) },
      fetch: asked.fetch,
    });
    asked.answer = () =>
      Response.json(
        { error: 'invalid_grant', error_description: 'Invalid user credentials' },
        { status: 401 },
      );
    await expect(tokenOf('nobody')).rejects.toMatchObject({
      code: 'GSB-AUT-001',
      detail: 'The identity provider refused: Invalid user credentials.',
    });
    asked.answer = () => new Response('<html>', { status: 502 });
    await expect(tokenOf('nobody')).rejects.toMatchObject({ code: 'GSB-CFG-007' });
    asked.answer = () => Response.json({ token: 'no such field' });
    await expect(tokenOf('nobody')).rejects.toMatchObject({ code: 'GSB-CFG-007' });
    asked.answer = () => {
      throw new TypeError('fetch failed');
    };
    await expect(tokenOf('nobody')).rejects.toMatchObject({ code: 'GSB-CFG-007' });
    asked.answer = good;
    expect(await tokenOf('nobody')).toBe('token-1');
  });
});

describe('createServiceToken', () => {
  it('uses the client credentials', async () => {
    const { forms, fetch } = provider();
    const token = createServiceToken({
      tokenEndpoint: 'http://x/token',
      clientId: 'sandbox-runtime',
      clientSecret: 'secret',
      clock: { now: () => new Date(start) },
      fetch,
    });
    expect([await token(), await token()]).toEqual(['token-1', 'token-1']);
    expect(forms.map((form) => form.get('grant_type'))).toEqual(['client_credentials']);
  });
});
