import { failure, requestOf, success } from '../answers.js';
import type { IdentityOperation } from '../state.js';

/** bb-identity, link authorization code. It calls the link code `linkedCode`. No long polling: not ready is response_timeout. */
export const linkAuthCode: IdentityOperation = async (context) => {
  const { transactionId, linkedCode } = requestOf(context.body) as {
    transactionId: string;
    linkedCode: string;
  };
  const found = (await context.state.transactions.get(transactionId))?.doc;
  if (!found) return failure(context, 'invalid_transaction_id', 'transactionId is not known');
  if (found.linkCode !== linkedCode)
    return failure(context, 'invalid_link_code', 'linkedCode is not the link code of this transaction');
  if (found.code === undefined)
    return failure(context, 'response_timeout', 'the person has not permitted the sign-in yet');
  return success(context, 'code', {
    code: found.code,
    redirectUri: found.redirectUri,
    ...(found.state === undefined ? {} : { state: found.state }),
    ...(found.nonce === undefined ? {} : { nonce: found.nonce }),
  });
};
