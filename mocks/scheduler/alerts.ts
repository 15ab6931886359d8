import type { Callback } from '../../contracts/block.js';
import type { JsonObject } from '../../contracts/json.js';
import type { Effect, JobHandler, ScheduledJob } from '../kit/block-definition.js';
import { channelOf, sendAlertMessage } from './alert-messages.js';
import { instantOf } from './answers.js';
import { readItem, readItems, type Item, type SchedulerState } from './state.js';

/** The alarm of an alert schedule, at its time on the workspace clock; setting it again replaces it. */
export function alarmOf(scheduleId: string, details: JsonObject): ScheduledJob {
  const instant = new Date(instantOf(details.alert_datetime)).toISOString();
  return {
    job: { id: `alert.${scheduleId}`, name: 'alert', data: { scheduleId, instant } },
    time: { kind: 'at', instant },
  };
}

/**
 * Rings: posts the alert to every recipient that has an address, and sends it as a message to the others. A schedule that was deleted or moved since does not
 * ring. Callback ids are made of schedule, time and recipient, so ringing twice posts once.
 */
export const ringAlert: JobHandler<SchedulerState> = async (context) => {
  const { state, data, now, deps } = context;
  const { scheduleId, instant } = data as { scheduleId: string; instant: string };
  const schedule = await readItem(state, 'alert_schedule', scheduleId);
  if (!schedule || instantOf(schedule.details.alert_datetime) !== Date.parse(instant)) return;
  const event = await readItem(state, 'event', schedule.details.event_id);
  const message = await readItem(state, 'message', schedule.details.message_id);
  if (!event || !message) {
    deps.logger.warn({ scheduleId }, 'an alert does not ring: its event or message was deleted');
    return;
  }
  const recipients = await recipientsOf(state, event, schedule.details.target_category as string);
  const callbacks = recipients.flatMap((recipient) =>
    toCallback({ schedule, event, message, recipient, instant }),
  );
  const body = message.details.message_body;
  let sent = 0;
  for (const recipient of recipients) {
    const channel = channelOf(recipient);
    if (channel !== 'sms' && channel !== 'email') continue;
    const alert = {
      key: `alert.${scheduleId}.${instant}.${recipient._id}`,
      text: typeof body === 'string' ? body : '',
      title: typeof event.details.name === 'string' ? event.details.name : 'Reminder',
    };
    if (await sendAlertMessage(context, recipient, alert)) sent += 1;
  }
  const log: Item = {
    _id: `alert-${scheduleId}-${Date.parse(instant)}`,
    deleted: false,
    details: {
      logger_role: 'scheduler',
      log_category: 'alert',
      datetime: now.toISOString(),
      log_data: `alert_schedule_id:${scheduleId},event_id:${event._id},recipients:${recipients.length},posted:${callbacks.length}${sent === 0 ? '' : `,sent:${sent}`}`,
    },
  };
  const effects: readonly Effect[] = [{ kind: 'put', collection: 'log', doc: log }];
  return { effects, callbacks };
};

/** Those who have an appointment for the event, in the role asked for; or everybody of another category. */
async function recipientsOf(state: SchedulerState, event: Item, target: string): Promise<readonly Item[]> {
  if (target !== 'subscriber' && target !== 'resource' && target !== 'both') {
    const filter = { 'details.category': target };
    return [
      ...(await readItems(state, 'subscriber', filter)),
      ...(await readItems(state, 'resource', filter)),
    ];
  }
  const appointments = await readItems(state, 'appointment', { 'details.event_id': event._id });
  const found = new Map<string, Item>();
  for (const { details } of appointments) {
    const role = details.participant_type;
    if ((role !== 'subscriber' && role !== 'resource') || (target !== 'both' && target !== role)) continue;
    const participant = await readItem(state, role, details.participant_id);
    if (participant) found.set(`${role} ${participant._id}`, participant);
  }
  return [...found.values()];
}

interface Ringing {
  readonly schedule: Item;
  readonly event: Item;
  readonly message: Item;
  readonly recipient: Item;
  readonly instant: string;
}

function toCallback({ schedule, event, message, recipient, instant }: Ringing): readonly Callback[] {
  if (channelOf(recipient) !== 'callback') return [];
  const entity = message.details.entity_id ?? event.details.host_entity_id;
  return [
    {
      id: `alert.${schedule._id}.${instant}.${recipient._id}`,
      block: 'scheduler',
      operationId: 'alertScheduleNew',
      url: recipient.details.alert_url as string,
      method: 'POST',
      body: {
        alert_schedule_id: schedule._id,
        event_id: event._id,
        message_id: message._id,
        ...(entity === undefined ? {} : { entity_id: entity }),
        message_body: message.details.message_body,
        target_category: schedule.details.target_category,
      },
    },
  ];
}
