import { queryText } from '../answers.js';
import { blankRecord, findSubject, refuseStale, saveRecord } from '../records.js';
import { readRevision } from '../revisions.js';
import type { ConsentOperation } from '../state.js';
import { recordView } from '../views.js';

/**
 * bb-consent, serviceIndividualConsentRecordCreate. It carries no signature, so it makes an unsigned record at most:
 * nothing may be read on its strength. A record that is there already is answered as it is.
 */
export const consentRecordCreate: ConsentOperation = async (context) => {
  const found = await findSubject(context, context.path.dataAgreementId, queryText(context, 'individualId'));
  if (found.kind === 'refused') return found.answer;
  const { subject } = found;
  const { agreement, individual, record } = subject;
  if (record) {
    const revision = await readRevision(context.state, record.revision);
    const consentRecord = recordView(record, { agreement, individual, now: context.now });
    return { status: 200, rule: 'repeated', body: { consentRecord, ...(revision ? { revision } : {}) } };
  }
  const revisionId = queryText(context, 'revisionId');
  const stale = refuseStale(agreement, revisionId === undefined ? {} : { id: revisionId });
  if (stale) return stale;
  return saveRecord(context, {
    rule: 'consent:unsigned',
    record: blankRecord(subject),
    subject,
    authorizedByOther: context.client ?? 'not named',
  });
};
