import { unknown } from '../answers.js';
import type { ConsentOperation } from '../state.js';
import { webhookView } from '../webhooks.js';

/** bb-consent, configWebhookRead. Webhooks have no revisions, although the document offers `revisionId`. */
export const configWebhookRead: ConsentOperation = async ({ state, path }) => {
  const id = path.webhookId ?? '';
  const found = await state.webhooks.get(id);
  if (!found) return unknown('webhookId', id);
  return { status: 200, rule: 'found', body: { webhook: webhookView(found.doc) } };
};
