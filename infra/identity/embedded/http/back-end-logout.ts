import { timingSafeEqual } from 'node:crypto';
import express from 'express';
import type { RequestHandler } from 'express';
import type { Provider } from 'oidc-provider';

import type { Accounts } from '../accounts.js';

const form = express.urlencoded({ extended: false, limit: '16kb' });

/**
 * Keycloak's logout for back ends: a client that shows its secret and a refresh token ends the session behind it,
 * with every token that hangs on that session. Browsers, which ask for a page, go on to the provider.
 */
export function backEndLogout(provider: Provider, accounts: Accounts): RequestHandler[] {
  const backEndsOnly: RequestHandler = (request, _response, next) => {
    if (request.accepts(['html', 'json']) === 'json') next();
    else next('route');
  };
  const end: RequestHandler = async (request, response) => {
    const problem = await logout((request.body ?? {}) as Readonly<Record<string, unknown>>);
    if (problem === undefined) response.status(204).end();
    else response.status(400).json({ error: problem });
  };
  return [backEndsOnly, form, end];

  async function logout(body: Readonly<Record<string, unknown>>): Promise<string | undefined> {
    const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
    const client = accounts.client(text('client_id'));
    if (client === undefined || (client.secret !== undefined && !same(text('client_secret'), client.secret)))
      return 'invalid_client';
    const token = await provider.RefreshToken.find(text('refresh_token'));
    if (token?.clientId !== client.clientId) return 'invalid_grant';
    const session =
      token.sessionUid === undefined ? undefined : await provider.Session.findByUid(token.sessionUid);
    await session?.destroy();
    await token.destroy();
    return undefined;
  }
}

function same(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
