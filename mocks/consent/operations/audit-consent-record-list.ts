import { pageOf } from '../answers.js';
import type { ConsentOperation } from '../state.js';
import { recordViews } from '../views.js';

/** bb-consent, auditConsentRecordList. */
export const auditConsentRecordList: ConsentOperation = async (context) => {
  const { offset, limit } = pageOf(context);
  const found = await context.state.records.find({ limit: offset + limit });
  const records = found.slice(offset).map(({ doc }) => doc);
  return {
    status: 200,
    rule: 'listed',
    body: { consentRecords: await recordViews(context.state, records, context.now) },
  };
};
