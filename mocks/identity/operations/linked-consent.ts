import { failure, mint, requestOf, saveTransaction, success } from '../answers.js';
import { findTransaction } from '../transactions.js';
import type { IdentityOperation } from '../state.js';

/**
 * bb-identity, linked consent: which claims the client may see of this sign-in. It is no consent to data sharing;
 * that is the consent building block's.
 */
export const linkedConsent: IdentityOperation = async (context) => {
  const request = requestOf(context.body) as {
    linkedTransactionId: string;
    permittedAuthorizeScopes?: readonly string[];
    acceptedClaims?: readonly string[];
  };
  const { linkedTransactionId, permittedAuthorizeScopes = [], acceptedClaims = [] } = request;
  const found = await findTransaction(context.state, { linkedTransactionId });
  if (!found) return failure(context, 'invalid_transaction_id', 'linkedTransactionId is not known');
  if (found.authenticatedAt === undefined)
    return failure(context, 'invalid_transaction', 'nobody is authenticated in this transaction yet');
  if (found.codeUsed) return failure(context, 'invalid_transaction', 'this transaction is over');
  const scope = permittedAuthorizeScopes.find((name) => !found.scopes.includes(name));
  if (scope !== undefined)
    return failure(context, 'invalid_permitted_scope', `scope ${scope} was not asked for`);
  const claim = acceptedClaims.find((name) => !found.claims.includes(name));
  if (claim !== undefined)
    return failure(context, 'invalid_accepted_claim', `claim ${claim} was not asked for`);
  const missing = (found.essential ?? []).find((name) => !acceptedClaims.includes(name));
  if (missing !== undefined)
    return failure(context, 'invalid_accepted_claim', `claim ${missing} is essential for this client`);
  const doc = { ...found, acceptedClaims, code: found.code ?? mint('code', context.key) };
  return success(context, 'permitted', { linkedTransactionId }, [saveTransaction(doc)]);
};
