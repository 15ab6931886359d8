import type { JsonObject } from '../../../contracts/json.js';
import { optIn } from '../decisions.js';
import { findRecord } from '../records.js';
import type { SignatureInput } from '../signatures.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, serviceIndividualSignatureUpdate: completes the signature of a record, which is how it is opted in. */
export const consentSignatureUpdate: ConsentOperation = async (context) => {
  const found = await findRecord(context, context.path.consentRecordId ?? '');
  if (found.kind === 'refused') return found.answer;
  const { signature } = context.body as unknown as { signature: SignatureInput };
  const decided = await optIn(context, found.subject, { optIn: true }, signature);
  if (decided.status !== 200) return decided;
  return { ...decided, body: { signature: (decided.body as JsonObject).signature } };
};
