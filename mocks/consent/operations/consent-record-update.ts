import { optIn, optOut, type RecordInput } from '../decisions.js';
import { findRecord } from '../records.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, serviceIndividualConsentRecordUpdate: `optIn: false` withdraws at once; `true` needs a signature attested anew. */
export const consentRecordUpdate: ConsentOperation = async (context) => {
  const { consentRecord: input } = context.body as unknown as { consentRecord: RecordInput };
  const found = await findRecord(context, context.path.consentRecordId ?? '');
  if (found.kind === 'refused') return found.answer;
  const { subject } = found;
  return input.optIn === true
    ? optIn(context, subject, input, input.signature)
    : optOut(context, subject, input.signature);
};
