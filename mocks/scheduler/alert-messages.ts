import { ConnectionLostError, type ServiceCall } from '../../contracts/block.js';
import type { JsonObject } from '../../contracts/json.js';
import type { JobContext } from '../kit/block-definition.js';
import { alertMessages, SCHEDULER_CLIENT } from './directory.js';
import type { Item, SchedulerState } from './state.js';

export type AlertChannel = 'sms' | 'email' | 'callback' | 'none';

/**
 * How somebody is alerted: as `alert_preference` says (sms, email; anything else means the address), if there is what
 * it needs; else at `alert_url`, by text message, by e-mail, whichever comes first.
 */
export function channelOf({ details }: Item): AlertChannel {
  const { alert_preference: preference } = details;
  if (preference === 'sms' && isText(details.phone)) return 'sms';
  if (preference === 'email' && isText(details.email)) return 'email';
  if (typeof details.alert_url === 'string' && URL.canParse(details.alert_url)) return 'callback';
  if (isText(details.phone)) return 'sms';
  return isText(details.email) ? 'email' : 'none';
}

/** Sends one alert through the messaging building block; false when that took it not. The key is the alert's: it is sent once. */
export async function sendAlertMessage(
  { deps, workspace }: Pick<JobContext<SchedulerState>, 'deps' | 'workspace'>,
  recipient: Item,
  alert: { readonly key: string; readonly text: string; readonly title: string },
): Promise<boolean> {
  const channel = channelOf(recipient);
  if (channel !== 'sms' && channel !== 'email') return false;
  const call: ServiceCall = {
    client: SCHEDULER_CLIENT,
    service: `${alertMessages.provider}/${alertMessages.code}`,
    request: {
      method: 'POST',
      path: `/send/${channel}/single`,
      query: {},
      headers: { apikey: 'scheduler', 'content-type': 'application/json', 'idempotency-key': alert.key },
      body: bodyOf(channel, recipient.details, alert),
    },
  };
  try {
    const { status } = await deps.services.call(workspace, call);
    if (status === 200) return true;
    deps.logger.warn({ recipient: recipient._id, status }, 'an alert was not taken by messaging');
  } catch (error) {
    if (!(error instanceof ConnectionLostError)) throw error;
    deps.logger.warn({ recipient: recipient._id, err: error }, 'messaging was not reached for an alert');
  }
  return false;
}

function bodyOf(
  channel: 'sms' | 'email',
  { phone, email, name }: JsonObject,
  { text, title }: { readonly text: string; readonly title: string },
): JsonObject {
  const known = isText(name) ? { name } : {};
  return channel === 'sms'
    ? { recipientInfo: { phone, ...known }, smsContent: { content: text } }
    : { recipientInfo: { email, ...known }, emailContent: { title, content: text } };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
