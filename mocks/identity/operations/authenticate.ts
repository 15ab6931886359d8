import { failure, requestOf, saveTransaction, success, timeText } from '../answers.js';
import { findTransaction, isLocked } from '../transactions.js';
import type { IdentityContext, IdentityOperation, TransactionDoc } from '../state.js';

/** The one-time password that is right for everybody: nothing is sent in training. */
const RIGHT_OTP = '111111';

interface Challenge {
  readonly authFactorType: 'OTP' | 'BIO' | 'PIN' | 'WLA';
  readonly challenge: string;
  readonly format: string;
}

/** bb-identity, linked authentication. OTP 111111 is right for every known person; five wrong ones end the transaction. */
export const authenticate: IdentityOperation = async (context) => {
  const { linkedTransactionId, individualId, challengeList } = requestOf(context.body) as {
    linkedTransactionId: string;
    individualId: string;
    challengeList: readonly Challenge[];
  };
  const found = await findTransaction(context.state, { linkedTransactionId });
  if (!found) return failure(context, 'invalid_transaction_id', 'linkedTransactionId is not known');
  if (isLocked(found))
    return failure(context, 'invalid_transaction', 'too many wrong challenges: start a new transaction');
  if (found.individualId !== undefined && found.individualId !== individualId)
    return failure(context, 'invalid_transaction', 'somebody else is authenticated in this transaction');
  const person = (await context.state.persons.get(individualId))?.doc;
  if (!person) return failure(context, 'invalid_identifier', 'individualId is not known');
  const [challenge, ...more] = challengeList;
  if (!challenge || more.length > 0)
    return failure(context, 'invalid_no_of_challenges', 'challengeList must hold exactly one challenge');
  const wrong = wrongReason(challenge);
  if (wrong !== undefined) return wrongAnswer(context, found, wrong);
  const doc: TransactionDoc = {
    ...found,
    individualId,
    authenticatedAt: found.authenticatedAt ?? timeText(context.deps.realClock.now()),
    acr: 'idbb:acr:generated-code',
  };
  return success(context, 'authenticated', { linkedTransactionId }, [saveTransaction(doc)]);
};

function wrongReason({ authFactorType, challenge, format }: Challenge): string | undefined {
  if (authFactorType !== 'OTP') return `authFactorType ${authFactorType} is not simulated: use OTP`;
  if (format !== 'number' && format !== 'alpha-numeric')
    return `format ${format} does not fit an OTP: use number`;
  return challenge === RIGHT_OTP ? undefined : 'the one-time password is wrong (in training it is 111111)';
}

function wrongAnswer(
  context: IdentityContext,
  found: TransactionDoc,
  reason: string,
): ReturnType<typeof failure> {
  const doc: TransactionDoc = { ...found, failedAttempts: found.failedAttempts + 1 };
  return failure(context, 'auth_failed', reason, [saveTransaction(doc)]);
}
