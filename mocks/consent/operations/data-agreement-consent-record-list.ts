import { pageOf, queryText } from '../answers.js';
import type { ConsentOperation } from '../state.js';
import { recordViews } from '../views.js';

/** bb-consent, serviceIndividualDataAgreementConsentRecordList; one individual's, or everybody's under the agreement. */
export const dataAgreementConsentRecordList: ConsentOperation = async (context) => {
  const { offset, limit } = pageOf(context);
  const individual = queryText(context, 'individualId') ?? context.headers['x-consentbb-individualid'];
  const agreement = context.path.dataAgreementId ?? '';
  const found = await context.state.records.find({
    filter: { agreement, ...(individual === undefined ? {} : { individual }) },
    limit: offset + limit,
  });
  const records = found.slice(offset).map(({ doc }) => doc);
  return {
    status: 200,
    rule: 'listed',
    body: { consentRecords: await recordViews(context.state, records, context.now) },
  };
};
