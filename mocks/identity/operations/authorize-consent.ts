import { formOf } from '../form.js';
import { grantCode } from '../grant-code.js';
import { refusalPage } from '../pages.js';
import { redirectBack } from '../redirect.js';
import type { IdentityOperation } from '../state.js';

/** The form of the consent page: which claims the client may see. Essential ones cannot be left out, only all refused. */
export const authorizeConsent: IdentityOperation = async (context) => {
  const form = formOf(context.body);
  const found = (await context.state.transactions.get(form.get('transactionId') ?? ''))?.doc;
  if (found?.authenticatedAt === undefined || found.codeUsed || found.code !== undefined)
    return refusalPage(
      ({ overWhy }) => overWhy,
      'error:invalid_transaction',
      found?.language ?? context.headers['accept-language'],
    );
  if (form.get('decision') !== 'permit')
    return redirectBack(found, { error: 'access_denied', error_description: 'the person refused' });
  const chosen = new Set([...form.getAll('claim'), ...(found.essential ?? [])]);
  return grantCode(
    context,
    found,
    found.claims.filter((claim) => chosen.has(claim)),
  );
};
