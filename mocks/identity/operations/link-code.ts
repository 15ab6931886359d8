import { failure, mint, requestOf, saveTransaction, success, timeText } from '../answers.js';
import { SANDBOX_CLIENT } from '../clients.js';
import { isLocked } from '../transactions.js';
import type { IdentityOperation, TransactionDoc } from '../state.js';

const MINUTES_VALID = 10;
const TRANSACTION_ID = /^[A-Za-z0-9._:-]{1,100}$/;

interface LinkCodeRequest {
  readonly transactionId: string;
  readonly clientId?: string;
  readonly redirectUri?: string;
  readonly state?: string;
  readonly nonce?: string;
  readonly scopes?: readonly string[];
  readonly claims?: readonly string[];
}

/**
 * bb-identity, generate link code. The sign-in page that would have opened the transaction is not simulated, so a
 * new transactionId opens one here, for the sandbox's own client unless `clientId` names another.
 */
export const linkCode: IdentityOperation = async (context) => {
  const request = requestOf(context.body) as LinkCodeRequest;
  const { transactionId } = request;
  if (!TRANSACTION_ID.test(transactionId)) {
    return failure(
      context,
      'invalid_transaction_id',
      'transactionId must be 1 to 100 letters, digits, dots, colons or hyphens',
    );
  }
  const before = (await context.state.transactions.get(transactionId))?.doc;
  if (before && (before.authenticatedAt !== undefined || isLocked(before)))
    return failure(context, 'invalid_transaction', 'this transaction is over: use a new transactionId');
  const clientId = before?.clientId ?? request.clientId ?? SANDBOX_CLIENT;
  const client = (await context.state.clients.get(clientId))?.doc;
  if (client?.status !== 'active')
    return failure(context, 'invalid_request', `clientId ${clientId} is not an active client`);
  const redirectUri = request.redirectUri ?? client.redirectUris[0] ?? '';
  if (!client.redirectUris.includes(redirectUri))
    return failure(context, 'invalid_request', `redirectUri is not one of the client ${clientId}`);
  const expires = new Date(context.now.getTime() + MINUTES_VALID * 60_000);
  const code = mint('link-code', context.key);
  const fresh: TransactionDoc = {
    _id: transactionId,
    clientId,
    redirectUri,
    scopes: request.scopes ?? ['openid', 'profile'],
    claims: request.claims ?? client.userClaims,
    ...(request.state === undefined ? {} : { state: request.state }),
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
    linkCode: code,
    linkCodeExpiresAt: timeText(expires),
    failedAttempts: 0,
    codeUsed: false,
  };
  const doc = before ? { ...before, linkCode: code, linkCodeExpiresAt: timeText(expires) } : fresh;
  return success(
    context,
    before ? 'link-code:again' : 'link-code:new',
    { transactionId, linkCode: code, expireDateTime: timeText(expires) },
    [saveTransaction(doc)],
  );
};
