import { unknownAgreement } from '../answers.js';
import { retireAgreement } from '../agreements.js';
import { historyOf } from '../history.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, configDataAgreementDelete: no consent under it holds any longer; it stays for the audit. */
export const configDataAgreementDelete: ConsentOperation = async (context) => {
  const id = context.path.dataAgreementId ?? '';
  const before = await context.state.agreements.get(id);
  if (!before) return unknownAgreement(context.state, id);
  if (before.doc.deleted) {
    const revision = (await context.state.revisions.get(before.doc.revision))?.doc.revision;
    return { status: 200, rule: 'repeated', body: revision ? { revision } : {} };
  }
  const retired = retireAgreement(before.doc, await historyOf(context, 'DataAgreement', id));
  return { status: 200, rule: 'deleted', body: { revision: retired.revision }, effects: retired.effects };
};
