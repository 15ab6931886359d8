import { requestOf, timeText } from '../answers.js';
import type { IdentityOperation } from '../state.js';

/**
 * bb-identity, link status. The official answer spells its time `responseTIme`; it is kept. There is no long polling
 * here: what is not linked yet answers response_timeout at once.
 */
export const linkStatus: IdentityOperation = async ({ state, body, now }) => {
  const { transactionId, linkCode } = requestOf(body) as { transactionId: string; linkCode: string };
  const found = (await state.transactions.get(transactionId))?.doc;
  const problem =
    found === undefined
      ? { errorCode: 'invalid_transaction_id', errorMessage: 'transactionId is not known' }
      : found.linkCode !== linkCode
        ? { errorCode: 'invalid_link_code', errorMessage: 'linkCode is not the one of this transaction' }
        : { errorCode: 'response_timeout', errorMessage: 'linkCode has not been taken up yet' };
  if (found?.linkCode !== linkCode || found.linkedAt === undefined) {
    return {
      status: 200,
      rule: `error:${problem.errorCode}`,
      body: { responseTIme: timeText(now), errors: [problem] },
    };
  }
  const response = {
    transactionId,
    linkStatus: 'LINKED',
    linkedDateTime: String(Date.parse(found.linkedAt)),
  };
  return { status: 200, rule: 'linked', body: { responseTIme: timeText(now), response, errors: [] } };
};
