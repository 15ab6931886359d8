import { createHmac } from 'node:crypto';
import type { Callback } from '../../contracts/block.js';
import type { JsonObject } from '../../contracts/json.js';
import { sha1 } from './revisions.js';
import type { ConsentContext, WebhookDoc } from './state.js';

/** The members of a Webhook that a client sends. */
export interface WebhookInput {
  readonly id?: string;
  readonly payloadUrl: string;
  readonly contentType: string;
  readonly disabled: boolean;
  readonly secretKey: string;
}

export function webhookDoc(
  id: string,
  { payloadUrl, contentType, disabled, secretKey }: WebhookInput,
): WebhookDoc {
  return { _id: id, payloadUrl, contentType, disabled, secretKey };
}

export function webhookView({ _id, ...rest }: WebhookDoc): JsonObject {
  return { id: _id, ...rest };
}

/** What subscribers are told of; bb-consent leaves the names of its events open. */
export type ConsentEvent = 'consent.granted' | 'consent.withdrawn' | 'consent.refused' | 'consent.deleted';

/**
 * One delivery to each webhook that is not disabled, signed with its own key over the body as it is sent. Ids are made
 * of what happened, so that a repetition delivers nothing twice.
 */
export async function announce(
  { state, now }: Pick<ConsentContext, 'state' | 'now'>,
  event: ConsentEvent,
  subject: { readonly id: string; readonly data: JsonObject },
): Promise<readonly Callback[]> {
  const webhooks = await state.webhooks.find({ filter: { disabled: false } });
  return webhooks.map(({ doc }): Callback => {
    const id = `webhook.${doc._id}.${sha1(`${event} ${subject.id}`)}`;
    const body: JsonObject = {
      webhookEvent: { id: event, name: event },
      webhookId: doc._id,
      timestamp: now.toISOString(),
      ...subject.data,
    };
    const signature = createHmac('sha256', doc.secretKey).update(JSON.stringify(body)).digest('hex');
    return {
      id,
      block: 'consent',
      operationId: 'configWebhookCreate',
      url: doc.payloadUrl,
      method: 'POST',
      headers: { 'x-consentbb-signature': `sha256=${signature}` },
      body,
    };
  });
}
