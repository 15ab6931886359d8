import { unknown } from '../answers.js';
import { names, type ConsentOperation } from '../state.js';

/** bb-consent, configWebhookDelete. */
export const configWebhookDelete: ConsentOperation = async ({ state, path }) => {
  const id = path.webhookId ?? '';
  if (!(await state.webhooks.get(id))) return unknown('webhookId', id);
  return { status: 200, rule: 'deleted', effects: [{ kind: 'delete', collection: names.webhooks, id }] };
};
