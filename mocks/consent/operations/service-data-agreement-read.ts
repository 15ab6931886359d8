import { unknownAgreement } from '../answers.js';
import { readRevision } from '../revisions.js';
import type { ConsentOperation } from '../state.js';
import { agreementView } from '../views.js';

/** bb-consent, serviceDataAgreementRead: what a person is shown before deciding; only active agreements. */
export const serviceDataAgreementRead: ConsentOperation = async ({ state, path }) => {
  const id = path.dataAgreementId ?? '';
  const found = await state.agreements.get(id);
  if (!found?.doc.active) return unknownAgreement(state, id);
  const revision = await readRevision(state, found.doc.revision);
  return {
    status: 200,
    rule: 'found',
    body: { dataAgreement: agreementView(found.doc), ...(revision ? { revision } : {}) },
  };
};
