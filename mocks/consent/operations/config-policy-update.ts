import type { JsonObject } from '../../../contracts/json.js';
import { unknown } from '../answers.js';
import { buildPolicy } from '../agreements.js';
import { historyOf } from '../history.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, configPolicyUpdate: the whole policy anew. Data agreements keep the text of it that they carry. */
export const configPolicyUpdate: ConsentOperation = async (context) => {
  const id = context.path.policyId ?? '';
  const before = await context.state.policies.get(id);
  if (!before || before.doc.deleted === true) return unknown('policyId', id);
  const { policy } = context.body as unknown as { policy: JsonObject };
  const { doc, revision, effects } = buildPolicy(id, policy, await historyOf(context, 'Policy', id));
  return { status: 200, rule: 'updated', body: { policy: doc.policy, revision }, effects };
};
