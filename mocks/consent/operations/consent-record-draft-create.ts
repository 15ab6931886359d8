import type { JsonObject } from '../../../contracts/json.js';
import { queryText } from '../answers.js';
import { blankRecord, findSubject, refuseStale } from '../records.js';
import { draftSignature } from '../signatures.js';
import type { ConsentOperation } from '../state.js';
import { recordView } from '../views.js';

/**
 * bb-consent, serviceIndividualConsentRecordDraftCreate: what is to be decided, with an empty signature. Nothing is stored,
 * and `optIn` is false: agreeing is for the person to do.
 */
export const consentRecordDraftCreate: ConsentOperation = async (context) => {
  const found = await findSubject(
    context,
    queryText(context, 'dataAgreementId'),
    queryText(context, 'individualId'),
  );
  if (found.kind === 'refused') return found.answer;
  const { subject } = found;
  const { agreement, individual } = subject;
  const revisionId = queryText(context, 'revisionId');
  const stale = refuseStale(agreement, revisionId === undefined ? {} : { id: revisionId });
  if (stale) return stale;
  const draft = recordView(blankRecord(subject), { agreement, individual, now: context.now });
  const consentRecord: JsonObject = { ...draft, id: '' };
  return {
    status: 200,
    rule: 'drafted',
    body: { consentRecord, signature: draftSignature(subject, context.now) },
  };
};
