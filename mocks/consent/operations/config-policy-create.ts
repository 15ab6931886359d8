import type { JsonObject } from '../../../contracts/json.js';
import { refuse } from '../answers.js';
import { buildPolicy, mintId } from '../agreements.js';
import { historyOf } from '../history.js';
import { readRevision, stableJson } from '../revisions.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, configPolicyCreate. The id of a deleted policy may be used again. */
export const configPolicyCreate: ConsentOperation = async (context) => {
  const { policy } = context.body as unknown as { policy: JsonObject };
  const id = typeof policy.id === 'string' && policy.id !== '' ? policy.id : mintId('policy', context.key);
  const before = (await context.state.policies.get(id))?.doc;
  if (before && before.deleted !== true) {
    if (stableJson(before.policy) !== stableJson({ ...policy, id }))
      return refuse('policy:exists', `policy.id ${id} was used before: choose another id`);
    const revision = await readRevision(context.state, before.revision);
    return {
      status: 200,
      rule: 'repeated',
      body: { policy: before.policy, ...(revision ? { revision } : {}) },
    };
  }
  const { doc, revision, effects } = buildPolicy(id, policy, await historyOf(context, 'Policy', id));
  return { status: 200, rule: 'created', body: { policy: doc.policy, revision }, effects };
};
