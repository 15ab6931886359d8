import type { JsonObject } from '../../../../contracts/json.js';
import { textAt } from '../../json-at.js';
import type { CallParts, CheckContext } from '../../suite.js';

/** The nine things that a scheduler keeps, by their name in paths and the start of their operationIds. */
export const things = {
  event: 'event',
  appointment: 'appointment',
  entity: 'entity',
  resource: 'resource',
  subscriber: 'subscriber',
  message: 'message',
  affiliation: 'affiliation',
  alert_schedule: 'alertSchedule',
  log: 'log',
} as const;
export type Thing = keyof typeof things;

export const asking = (c: CheckContext, more: Record<string, string | JsonObject> = {}): CallParts => ({
  query: {
    requestor_id: c.fixtures.text('requestorId'),
    request_token: c.fixtures.text('requestToken'),
    ...Object.fromEntries(
      Object.entries(more).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  },
});

export async function made(c: CheckContext, thing: Thing, qry: JsonObject): Promise<string> {
  const answer = await c.call(`${things[thing]}New`, asking(c, { qry }));
  const [name, ids = ''] = (typeof answer.body === 'string' ? answer.body : textAt(answer.body)).split(':');
  c.expect(
    name === `${thing}_id`,
    'what is created is answered by its identifier',
    JSON.stringify(answer.body),
  );
  return ids.split(',')[0] ?? '';
}

export interface Plan {
  readonly qry: JsonObject;
  readonly change: JsonObject;
  readonly shows: JsonObject;
  readonly kept: JsonObject;
}

/** What each thing needs to be made, a change to it, and what is shown after. */
export async function planOf(c: CheckContext, thing: Thing): Promise<Plan> {
  const name = c.unique('Check ');
  const event = (): Promise<string> => made(c, 'event', { details: { name: c.unique('Fair ') } });
  switch (thing) {
    case 'event':
      return plan('details', { name, category: 'health' }, { terms: 'free' });
    case 'entity':
      return plan('details', { name }, { category: 'hospital' });
    case 'resource':
      return plan('resource_details', { name }, { category: 'doctor' });
    case 'subscriber':
      return plan('subscriber_details', { name }, { phone: '+99900000001' });
    case 'message':
      return plan('message_details', { message_body: name }, { category: 'reminder' });
    case 'log':
      return plan('log_details', { log_category: 'attendance', log_data: name }, { log_category: 'absence' });
    case 'affiliation': {
      const entity_id = await made(c, 'entity', { details: { name: c.unique('Clinic ') } });
      const resource_id = await made(c, 'resource', { resource_details: { name } });
      return plan('affiliation_details', { resource_id, entity_id }, { resource_category: 'officer' });
    }
    case 'appointment': {
      const event_id = await event();
      const participant_id = await made(c, 'subscriber', { subscriber_details: { name } });
      const details = { event_ids: [event_id], participant_type: 'subscriber', participant_id };
      return {
        ...plan('appointment_details', details, { status_id: 'confirmed' }),
        kept: { event_id, participant_id },
      };
    }
    case 'alert_schedule': {
      const details = {
        event_id: await event(),
        message_id: await made(c, 'message', { message_details: { message_body: name } }),
        target_category: 'subscriber',
        alert_datetime: '2090-04-01T09:00:00',
      };
      return plan('alert_schedule_details', details, { target_category: 'resource' });
    }
  }
}

function plan(member: string, details: JsonObject, change: JsonObject): Plan {
  return { qry: { [member]: details }, change, shows: change, kept: { ...details, ...change } };
}
