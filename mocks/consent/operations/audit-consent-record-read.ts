import { unknown } from '../answers.js';
import { listRevisions } from '../revisions.js';
import type { ConsentOperation } from '../state.js';
import { recordViews } from '../views.js';

/** bb-consent, auditConsentRecordRead; `revisions` (extension) is the whole history, oldest first. */
export const auditConsentRecordRead: ConsentOperation = async ({ state, path, now }) => {
  const id = path.consentRecordId ?? '';
  const found = await state.records.get(id);
  const [consentRecord] = found ? await recordViews(state, [found.doc], now) : [];
  if (!consentRecord) return unknown('consentRecordId', id);
  const revisions = await listRevisions(state, 'ConsentRecord', id);
  return { status: 200, rule: 'found', body: { consentRecord, revisions } };
};
