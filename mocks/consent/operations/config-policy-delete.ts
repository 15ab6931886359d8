import type { JsonObject } from '../../../contracts/json.js';
import { refuse, unknown } from '../answers.js';
import { retirePolicy } from '../agreements.js';
import { historyOf } from '../history.js';
import { readRevision } from '../revisions.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, configPolicyDelete: not while an active data agreement is under it. Its revisions stay for the audit. */
export const configPolicyDelete: ConsentOperation = async (context) => {
  const { state, path } = context;
  const id = path.policyId ?? '';
  const before = await state.policies.get(id);
  if (!before) return unknown('policyId', id);
  if (before.doc.deleted === true) {
    const revision = await readRevision(state, before.doc.revision);
    return { status: 200, rule: 'repeated', body: revision ? { revision } : {} };
  }
  const agreements = await state.agreements.find({ filter: { deleted: false } });
  const bound = agreements.find(
    ({ doc }) => doc.active && (doc.agreement.policy as JsonObject | undefined)?.id === id,
  );
  if (bound)
    return refuse('policy:in-use', `policy ${id} governs the active data agreement ${bound.doc._id}`);
  const retired = retirePolicy(before.doc, await historyOf(context, 'Policy', id));
  return { status: 200, rule: 'deleted', body: { revision: retired.revision }, effects: retired.effects };
};
