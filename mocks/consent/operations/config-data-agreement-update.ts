import { unknownAgreement } from '../answers.js';
import { agreementAnswer, agreementInputSchema, buildAgreement } from '../agreements.js';
import { historyOf } from '../history.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, configDataAgreementUpdate: the whole agreement anew. Signed consents keep the revision that was signed. */
export const configDataAgreementUpdate: ConsentOperation = async (context) => {
  const id = context.path.dataAgreementId ?? '';
  const before = await context.state.agreements.get(id);
  if (!before || before.doc.deleted) return unknownAgreement(context.state, id);
  const { dataAgreement } = context.body as unknown as { dataAgreement: unknown };
  const input = agreementInputSchema.parse(dataAgreement);
  return agreementAnswer('updated', buildAgreement(id, input, await historyOf(context, 'DataAgreement', id)));
};
