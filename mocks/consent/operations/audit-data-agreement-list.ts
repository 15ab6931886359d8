import { pageOf } from '../answers.js';
import type { ConsentOperation } from '../state.js';
import { agreementView } from '../views.js';

/** bb-consent, auditDataAgreementList: deleted ones too. */
export const auditDataAgreementList: ConsentOperation = async (context) => {
  const { offset, limit } = pageOf(context);
  const found = await context.state.agreements.find({ limit: offset + limit });
  return {
    status: 200,
    rule: 'listed',
    body: { dataAgreements: found.slice(offset).map(({ doc }) => agreementView(doc)) },
  };
};
