import { magicRule } from '../../kit/magic.js';
import { failure, requestOf, saveTransaction, success, timeText } from '../answers.js';
import { judgeChallenge, type Challenge } from '../challenges.js';
import { findTransaction, isLocked, locked } from '../transactions.js';
import type { IdentityContext, IdentityOperation, TransactionDoc } from '../state.js';

/** bb-identity, linked authentication. Which code is right: outcomes.ts; five wrong challenges end the transaction. */
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
  const judged = await judgeChallenge(context, person, challenge);
  if (judged.kind === 'rejected') return rejectedAnswer(context, found);
  if (judged.kind === 'wrong') {
    const answer =
      judged.uncounted === true
        ? failure(context, 'auth_failed', judged.reason)
        : wrongAnswer(context, found, judged.reason);
    return judged.outcome === undefined ? answer : { ...answer, rule: magicRule(judged.outcome) };
  }
  const doc: TransactionDoc = {
    ...found,
    individualId,
    authenticatedAt: found.authenticatedAt ?? timeText(context.deps.realClock.now()),
    acr: judged.acr,
  };
  return success(context, judged.rule, { linkedTransactionId }, [saveTransaction(doc)]);
};

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
