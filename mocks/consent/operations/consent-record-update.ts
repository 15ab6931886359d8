import { unknown } from '../answers.js';
import { optIn, optOut, type RecordInput } from '../decisions.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, serviceIndividualConsentRecordUpdate: `optIn: false` withdraws at once; `true` needs a signature attested anew. */
export const consentRecordUpdate: ConsentOperation = async (context) => {
  const { state, path } = context;
  const id = path.consentRecordId ?? '';
  const { consentRecord: input } = context.body as unknown as { consentRecord: RecordInput };
  const record = (await state.records.get(id))?.doc;
  if (!record) return unknown('consentRecordId', id);
  const [agreement, individual] = await Promise.all([
    state.agreements.get(record.agreement),
    state.individuals.get(record.individual),
  ]);
  if (!agreement || !individual) return unknown('consentRecordId', id);
  const subject = { agreement: agreement.doc, individual: individual.doc, record };
  return input.optIn === true
    ? optIn(context, subject, input, input.signature)
    : optOut(context, subject, input.signature);
};
