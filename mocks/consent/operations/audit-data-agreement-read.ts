import { unknownAgreement } from '../answers.js';
import { listRevisions } from '../revisions.js';
import type { ConsentOperation } from '../state.js';
import { agreementView } from '../views.js';

/** bb-consent, auditDataAgreementRead: deleted ones too; `revisions` (extension) is the whole history. */
export const auditDataAgreementRead: ConsentOperation = async ({ state, path }) => {
  const id = path.dataAgreementId ?? '';
  const found = await state.agreements.get(id);
  if (!found) return unknownAgreement(state, id);
  const revisions = await listRevisions(state, 'DataAgreement', id);
  return { status: 200, rule: 'found', body: { dataAgreement: agreementView(found.doc), revisions } };
};
