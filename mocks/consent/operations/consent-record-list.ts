import { pageOf, queryText, refuse } from '../answers.js';
import type { ConsentOperation } from '../state.js';
import { recordViews } from '../views.js';

/**
 * bb-consent, serviceIndividualConsentRecordList. The individual comes in a header there that the document does not name;
 * here it is `X-ConsentBB-IndividualId`, as deployed systems call it, or the query parameter `individualId`.
 */
export const consentRecordList: ConsentOperation = async (context) => {
  const { offset, limit } = pageOf(context);
  const individual = queryText(context, 'individualId') ?? context.headers['x-consentbb-individualid'];
  if (individual === undefined)
    return refuse('required', 'header X-ConsentBB-IndividualId or query parameter individualId is required');
  const found = await context.state.records.find({ filter: { individual }, limit: offset + limit });
  const records = found.slice(offset).map(({ doc }) => doc);
  return {
    status: 200,
    rule: 'listed',
    body: { consentRecords: await recordViews(context.state, records, context.now) },
  };
};
