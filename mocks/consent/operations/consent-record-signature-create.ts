import { optIn, optOut, type RecordInput } from '../decisions.js';
import { findSubject } from '../records.js';
import type { SignatureInput } from '../signatures.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, serviceIndividualConsentRecordSignatureCreate: the one way in which a consent comes to life. */
export const consentRecordSignatureCreate: ConsentOperation = async (context) => {
  const { consentRecord, signature } = context.body as unknown as {
    consentRecord: RecordInput;
    signature: SignatureInput;
  };
  const found = await findSubject(context, consentRecord.dataAgreement?.id, consentRecord.individual?.id);
  if (found.kind === 'refused') return found.answer;
  return consentRecord.optIn === true
    ? optIn(context, found.subject, consentRecord, signature)
    : optOut(context, found.subject, signature);
};
