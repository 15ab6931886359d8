import { queryText } from '../answers.js';
import { findSubject } from '../records.js';
import type { ConsentOperation } from '../state.js';
import { recordView } from '../views.js';
import { unknown } from '../answers.js';

/** bb-consent, serviceIndividualConsentRecordRead: the record of one individual under a data agreement. */
export const consentRecordRead: ConsentOperation = async (context) => {
  const individualId = queryText(context, 'individualId') ?? context.headers['x-consentbb-individualid'];
  const found = await findSubject(context, context.path.dataAgreementId, individualId);
  if (found.kind === 'refused') return found.answer;
  const { agreement, individual, record } = found.subject;
  if (!record) return unknown('consent record of individualId', individual._id);
  return {
    status: 200,
    rule: 'found',
    body: { consentRecord: recordView(record, { agreement, individual, now: context.now }) },
  };
};
