import { pageOf } from '../answers.js';
import type { ConsentOperation } from '../state.js';
import { agreementView } from '../views.js';

/** bb-consent, configDataAgreementList. The member is named `dataAgreement` there, although it is a list. */
export const configDataAgreementList: ConsentOperation = async (context) => {
  const { offset, limit } = pageOf(context);
  const found = await context.state.agreements.find({ filter: { deleted: false }, limit: offset + limit });
  const dataAgreement = found.slice(offset).map(({ doc }) => agreementView(doc));
  return { status: 200, rule: 'listed', body: { dataAgreement } };
};
