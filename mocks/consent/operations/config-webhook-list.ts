import { pageOf } from '../answers.js';
import type { ConsentOperation } from '../state.js';
import { webhookView } from '../webhooks.js';

/** bb-consent, configWebhookList. */
export const configWebhookList: ConsentOperation = async (context) => {
  const { offset, limit } = pageOf(context);
  const found = await context.state.webhooks.find({ limit: offset + limit });
  return {
    status: 200,
    rule: 'listed',
    body: { webhooks: found.slice(offset).map(({ doc }) => webhookView(doc)) },
  };
};
