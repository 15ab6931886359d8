import { pageOf } from '../answers.js';
import type { ConsentOperation } from '../state.js';

/** bb-consent, configPolicyList. */
export const configPolicyList: ConsentOperation = async (context) => {
  const { offset, limit } = pageOf(context);
  const found = (await context.state.policies.find()).filter(({ doc }) => doc.deleted !== true);
  return {
    status: 200,
    rule: 'listed',
    body: { policies: found.slice(offset, offset + limit).map(({ doc }) => doc.policy) },
  };
};
