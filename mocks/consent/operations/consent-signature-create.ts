import { refuse } from '../answers.js';
import { findRecord, saveRecord } from '../records.js';
import { draftSignature } from '../signatures.js';
import type { ConsentOperation } from '../state.js';

/**
 * bb-consent, serviceIndividualSignatureCreate: a signature for an undecided record, with the payload to sign and no
 * signature yet. Which payload is to be signed is for this block to say, so what the caller sends in is left aside.
 */
export const consentSignatureCreate: ConsentOperation = async (context) => {
  const found = await findRecord(context, context.path.consentRecordId ?? '');
  if (found.kind === 'refused') return found.answer;
  const { record, subject } = found;
  if (record.state !== 'unsigned')
    return refuse(
      'signature:exists',
      `consent record ${record._id} is signed: a new decision makes a new one`,
    );
  const signature = { ...draftSignature(subject, context.now), id: `signature-of-${record._id}` };
  const saved = await saveRecord(context, {
    rule: 'signature:drafted',
    record: { ...record, signature },
    subject,
    authorizedByOther: context.client ?? 'not named',
  });
  return { ...saved, body: { signature } };
};
