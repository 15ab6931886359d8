import type { OperationAnswer } from '../kit/block-definition.js';
import { mint, saveTransaction } from './answers.js';
import { redirectBack } from './redirect.js';
import type { IdentityContext, TransactionDoc } from './state.js';

/** Ends the sign-in page's part: the client gets a code for what the person accepted. */
export function grantCode(
  context: Pick<IdentityContext, 'key'>,
  transaction: TransactionDoc,
  acceptedClaims: readonly string[],
): OperationAnswer {
  const code = mint('code', context.key);
  return redirectBack(transaction, { code }, [saveTransaction({ ...transaction, acceptedClaims, code })]);
}
