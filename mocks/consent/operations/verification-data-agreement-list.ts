import { pageOf } from '../answers.js';
import type { ConsentOperation } from '../state.js';
import { agreementView } from '../views.js';

/** bb-consent, serviceVerificationDataAgreementList: what consents can be given to now. */
export const verificationDataAgreementList: ConsentOperation = async (context) => {
  const { offset, limit } = pageOf(context);
  const found = await context.state.agreements.find({ filter: { deleted: false } });
  const active = found.filter(({ doc }) => doc.active).slice(offset, offset + limit);
  const dataAgreements = active.map(({ doc }) => agreementView(doc));
  return { status: 200, rule: 'listed', body: { dataAgreements } };
};
