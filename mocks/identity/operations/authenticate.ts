import { magicRule } from '../../kit/magic.js';
import { failure, requestOf, saveTransaction, success, timeText } from '../answers.js';
import { passwordOutcome } from '../outcomes.js';
import { findTransaction, isLocked, locked } from '../transactions.js';
import type { IdentityContext, IdentityOperation, TransactionDoc } from '../state.js';

interface Challenge {
  readonly authFactorType: 'OTP' | 'BIO' | 'PIN' | 'WLA';
  readonly challenge: string;
  readonly format: string;
}

/** bb-identity, linked authentication. Which OTP is right: outcomes.ts; five wrong ones end the transaction. */
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
  const special = wrong === undefined ? undefined : passwordOutcome(challenge.challenge);
  if (special === 'kyc-rejected') return rejectedAnswer(context, found);
  if (wrong !== undefined) {
    const answer = wrongAnswer(context, found, wrong);
    return special === undefined ? answer : { ...answer, rule: magicRule(special) };
  }
  const doc: TransactionDoc = {
    ...found,
    individualId,
    authenticatedAt: found.authenticatedAt ?? timeText(context.deps.realClock.now()),
    acr: 'idbb:acr:generated-code',
  };
  return success(context, magicRule('authenticated'), { linkedTransactionId }, [saveTransaction(doc)]);
};

function wrongReason({ authFactorType, challenge, format }: Challenge): string | undefined {
  if (authFactorType !== 'OTP') return `authFactorType ${authFactorType} is not simulated: use OTP`;
  if (format !== 'number' && format !== 'alpha-numeric')
    return `format ${format} does not fit an OTP: use number`;
  switch (passwordOutcome(challenge)) {
    case 'authenticated':
      return undefined;
    case 'code-expired':
      return 'the one-time password has expired: ask for another (in training 111111 is right)';
    case 'kyc-rejected':
    case undefined:
      return 'the one-time password is wrong (in training it is 111111)';
  }
}

function rejectedAnswer(context: IdentityContext, found: TransactionDoc): ReturnType<typeof failure> {
  const reason = 'the identity provider rejects this person (KYC, training): the transaction has ended';
  const answer = failure(context, 'auth_failed', reason, [saveTransaction(locked(found))]);
  return { ...answer, rule: magicRule('kyc-rejected') };
}

function wrongAnswer(
  context: IdentityContext,
  found: TransactionDoc,
  reason: string,
): ReturnType<typeof failure> {
  const doc: TransactionDoc = { ...found, failedAttempts: found.failedAttempts + 1 };
  return failure(context, 'auth_failed', reason, [saveTransaction(doc)]);
}
