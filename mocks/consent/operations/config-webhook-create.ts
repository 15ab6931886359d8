import { refuse } from '../answers.js';
import { mintId } from '../agreements.js';
import { stableJson } from '../revisions.js';
import { names, type ConsentOperation } from '../state.js';
import { webhookDoc, webhookView, type WebhookInput } from '../webhooks.js';

/** bb-consent, configWebhookCreate. Deliveries are JSON, whatever `contentType` says. */
export const configWebhookCreate: ConsentOperation = async ({ state, body, key }) => {
  const { webhook } = body as unknown as { webhook: WebhookInput };
  const id = webhook.id === undefined || webhook.id === '' ? mintId('webhook', key) : webhook.id;
  const doc = webhookDoc(id, webhook);
  const before = (await state.webhooks.get(id))?.doc;
  if (before && stableJson(webhookView(before)) !== stableJson(webhookView(doc)))
    return refuse('webhook:exists', `webhook.id ${id} was used before: choose another id`);
  return {
    status: 200,
    rule: before ? 'repeated' : 'created',
    body: { webhook: webhookView(doc) },
    ...(before ? {} : { effects: [{ kind: 'put', collection: names.webhooks, doc }] }),
  };
};
