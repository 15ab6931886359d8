import { readAuthorizationRequest } from '../authorization-request.js';
import { mint, saveTransaction } from '../answers.js';
import { pageTexts } from '../page-texts.js';
import { refusalPage, signInPage } from '../pages.js';
import { redirectBack } from '../redirect.js';
import type { IdentityContext, IdentityOperation, TransactionDoc } from '../state.js';

/**
 * bb-identity, authorize: opens a sign-in and shows its page. Without a client that is known and an address that is
 * its own, nobody is redirected anywhere; every other mistake is told to the client there.
 */
export const authorize: IdentityOperation = async (context) => {
  const query = firstValues(context.query);
  const language = pageTexts(query.ui_locales ?? context.headers['accept-language']).language;
  const client = (await context.state.clients.get(query.client_id ?? ''))?.doc;
  if (client?.status !== 'active')
    return refusalPage(
      `client_id ${query.client_id ?? ''} is no active client.`,
      'error:invalid_client_id',
      language,
    );
  const redirectUri = query.redirect_uri ?? '';
  if (!client.redirectUris.includes(redirectUri) || !URL.canParse(redirectUri))
    return refusalPage(
      'redirect_uri is not one that this client registered.',
      'error:invalid_redirect_uri',
      language,
    );
  const back = { redirectUri, ...(query.state === undefined ? {} : { state: query.state }) };
  const read = readAuthorizationRequest(client, query);
  if (read.kind === 'refused')
    return redirectBack(back, { error: read.error, error_description: read.description });
  const { acr, ...request } = read.request;
  const transaction: TransactionDoc = {
    ...back,
    ...request,
    _id: mint('transaction', context.key),
    clientId: client._id,
    offeredAcr: acr,
    language,
    failedAttempts: 0,
    codeUsed: false,
  };
  return { ...signInPage(transaction, client), effects: [saveTransaction(transaction)] };
};

function firstValues(query: IdentityContext['query']): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, typeof value === 'string' ? value : value[0]]),
  );
}
