import { unknownAgreement } from '../answers.js';
import { listRevisions } from '../revisions.js';
import type { ConsentOperation } from '../state.js';

/** Extension: every revision of a data agreement, oldest first. */
export const configDataAgreementRevisionsList: ConsentOperation = async ({ state, path }) => {
  const id = path.dataAgreementId ?? '';
  const revisions = await listRevisions(state, 'DataAgreement', id);
  if (revisions.length === 0) return unknownAgreement(state, id);
  return { status: 200, rule: 'listed', body: { revisions } };
};
