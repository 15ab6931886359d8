import { unknown } from '../answers.js';
import { names, type ConsentOperation } from '../state.js';
import { webhookDoc, webhookView, type WebhookInput } from '../webhooks.js';

/** bb-consent, configWebhookUpdate: the whole webhook anew. */
export const configWebhookUpdate: ConsentOperation = async ({ state, path, body }) => {
  const id = path.webhookId ?? '';
  if (!(await state.webhooks.get(id))) return unknown('webhookId', id);
  const { webhook } = body as unknown as { webhook: WebhookInput };
  const doc = webhookDoc(id, webhook);
  return {
    status: 200,
    rule: 'updated',
    body: { webhook: webhookView(doc) },
    effects: [{ kind: 'put', collection: names.webhooks, doc }],
  };
};
