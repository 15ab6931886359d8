import { unknownAgreement } from '../answers.js';
import { readRevision } from '../revisions.js';
import type { ConsentOperation } from '../state.js';
import { agreementView } from '../views.js';

/** bb-consent, configDataAgreementRead: the newest revision, active or not. */
export const configDataAgreementRead: ConsentOperation = async ({ state, path }) => {
  const id = path.dataAgreementId ?? '';
  const found = await state.agreements.get(id);
  if (!found || found.doc.deleted) return unknownAgreement(state, id);
  const revision = await readRevision(state, found.doc.revision);
  return {
    status: 200,
    rule: 'found',
    body: { dataAgreement: agreementView(found.doc), ...(revision ? { revision } : {}) },
  };
};
