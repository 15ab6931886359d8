import { unknown } from '../answers.js';
import { readRevision } from '../revisions.js';
import type { ConsentOperation } from '../state.js';
import { recordViews } from '../views.js';

/** bb-consent, serviceVerificationConsentRecordRead. */
export const verificationConsentRecordRead: ConsentOperation = async ({ state, path, now }) => {
  const id = path.consentRecordId ?? '';
  const found = await state.records.get(id);
  const [consentRecord] = found ? await recordViews(state, [found.doc], now) : [];
  if (!found || !consentRecord) return unknown('consentRecordId', id);
  const revision = await readRevision(state, found.doc.revision);
  return { status: 200, rule: 'found', body: { consentRecord, ...(revision ? { revision } : {}) } };
};
