import { failure, mint, requestOf, saveTransaction, success, timeText } from '../answers.js';
import { authFactorsOf } from '../auth-factors.js';
import { findTransaction } from '../transactions.js';
import type { IdentityOperation } from '../state.js';

/** bb-identity, link transaction: the wallet takes the code up. Taking it up again answers the same. */
export const linkTransaction: IdentityOperation = async (context) => {
  const { linkCode } = requestOf(context.body) as { linkCode: string };
  const found = await findTransaction(context.state, { linkCode });
  if (!found) return failure(context, 'invalid_link_code', 'linkCode is not known');
  if (Date.parse(found.linkCodeExpiresAt ?? '') <= context.now.getTime())
    return failure(context, 'invalid_link_code', `linkCode expired at ${found.linkCodeExpiresAt ?? ''}`);
  const client = (await context.state.clients.get(found.clientId))?.doc;
  if (client?.status !== 'active')
    return failure(context, 'invalid_client_id', 'the client is not active any more');
  const { essential = [] } = found;
  const linkedTransactionId = found.linkedTransactionId ?? mint('linked-transaction', context.key);
  const doc = { ...found, linkedTransactionId, linkedAt: found.linkedAt ?? timeText(context.now) };
  return success(
    context,
    'linked',
    {
      linkTransactionId: linkedTransactionId,
      clientName: client.clientName,
      logoUrl: client.logoUri,
      authorizeScopes: found.scopes,
      essentialClaims: [...essential],
      voluntaryClaims: found.claims.filter(
        (claim) => client.userClaims.includes(claim) && !essential.includes(claim),
      ),
      authFactors: authFactorsOf(client).map((type) => [
        { type, ...(type === 'L1-bio-device' ? { count: 1 } : {}) },
      ]),
      configs: {},
    },
    [saveTransaction(doc)],
  );
};
