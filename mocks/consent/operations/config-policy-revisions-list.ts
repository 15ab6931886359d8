import { pageOf, unknown } from '../answers.js';
import { listRevisions } from '../revisions.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, configPolicyRevisionsList. It declares the policy itself only; the revisions are added, oldest first. */
export const configPolicyRevisionsList: ConsentOperation = async (context) => {
  const id = context.path.policyId ?? '';
  const found = await context.state.policies.get(id);
  if (!found) return unknown('policyId', id);
  const { offset, limit } = pageOf(context);
  const revisions = (await listRevisions(context.state, 'Policy', id)).slice(offset, offset + limit);
  return { status: 200, rule: 'listed', body: { policy: found.doc.policy, revisions } };
};
