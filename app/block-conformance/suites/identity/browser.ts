import type { Answer, CallParts, CheckContext } from '../../suite.js';
import { REDIRECT, type Client } from './sign-in.js';

/** How a browser is sent to the provider (OpenID Connect Core 1.0, section 3.1.2.1). */
export const authorizeRequest = (
  c: CheckContext,
  { clientId }: Client,
  more: Readonly<Record<string, string>> = {},
): CallParts => ({
  query: {
    client_id: clientId,
    redirect_uri: REDIRECT,
    scope: 'openid',
    response_type: 'code',
    state: c.unique('s-'),
    nonce: c.unique('n-'),
    claims: JSON.stringify({
      userinfo: { [c.fixtures.text('claim')]: null, [c.fixtures.text('otherClaim')]: null },
    }),
    ...more,
  },
});

export const form = (fields: Readonly<Record<string, string>>): CallParts => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

/** The transaction that a page's form carries along. */
const transactionOf = ({ body }: Answer): string =>
  (typeof body === 'string' ? /name="transactionId" value="([^"]*)"/.exec(body)?.[1] : undefined) ?? '';

export const opened = async (
  c: CheckContext,
  client: Client,
  more: Readonly<Record<string, string>> = {},
): Promise<string> => transactionOf(await c.call('get-authorize', authorizeRequest(c, client, more)));

export const password = (c: CheckContext, transactionId: string, code?: string): CallParts =>
  form({
    transactionId,
    individualId: c.fixtures.text('individualId'),
    code: code ?? c.fixtures.text('oneTimePassword'),
    decision: 'sign-in',
  });

export const permit = (c: CheckContext, transactionId: string): CallParts =>
  form({ transactionId, claim: c.fixtures.text('claim'), decision: 'permit' });

/** What the client is told where the browser is sent back to it; undefined where it is not. */
export function sentBack({ status, headers }: Answer): URLSearchParams | undefined {
  const location = headers.location ?? '';
  if (status < 300 || status >= 400 || !location.startsWith(REDIRECT)) return undefined;
  return new URL(location).searchParams;
}
