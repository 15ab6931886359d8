import { pageOf } from '../answers.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, configPolicyList. */
export const configPolicyList: ConsentOperation = async (context) => {
  const { offset, limit } = pageOf(context);
  const found = await context.state.policies.find({ limit: offset + limit });
  return {
    status: 200,
    rule: 'listed',
    body: { policies: found.slice(offset).map(({ doc }) => doc.policy) },
  };
};
