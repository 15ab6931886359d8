import { pageOf, queryText } from '../answers.js';
import type { ConsentOperation } from '../state.js';
import { recordViews } from '../views.js';

/** bb-consent, serviceVerificationConsentRecordList: for whoever relies on consents; `live` says whether one holds now. */
export const verificationConsentRecordList: ConsentOperation = async (context) => {
  const { offset, limit } = pageOf(context);
  const agreement = queryText(context, 'dataAgreementId');
  const individual = queryText(context, 'individualId');
  const found = await context.state.records.find({
    filter: {
      ...(agreement === undefined ? {} : { agreement }),
      ...(individual === undefined ? {} : { individual }),
    },
    limit: offset + limit,
  });
  const records = found.slice(offset).map(({ doc }) => doc);
  return {
    status: 200,
    rule: 'listed',
    body: { consentRecords: await recordViews(context.state, records, context.now) },
  };
};
