import type { Json, JsonObject } from '../../../../contracts/json.js';
import { at, listAt, textAt } from '../../json-at.js';
import type { CheckContext, Scenario } from '../../suite.js';
import { asking, made, planOf, things, type Thing } from './things.js';

async function listed(c: CheckContext, thing: Thing, filter: JsonObject): Promise<readonly Json[]> {
  const answer = await c.call(`${things[thing]}List`, asking(c, { qry: { [`${thing}_filter`]: filter } }));
  return listAt(answer, 0);
}

const byId = (thing: Thing, id: string): JsonObject =>
  // One filter names a single appointment, where all others take a list.
  ({ [`${thing}_id`]: thing === 'appointment' ? id : [id] });

const life = (thing: Thing): Scenario => ({
  id: `${thing}-life`,
  title: `${thing}: made, listed, changed, deleted and gone`,
  operations: ['New', 'List', 'Modify', 'Delete'].map((verb) => `${things[thing]}${verb}`),
  play: async (c) => {
    const { qry, change, kept } = await planOf(c, thing);
    const id = await made(c, thing, qry);
    const other = await made(c, thing, (await planOf(c, thing)).qry);
    c.expect(id !== '' && id !== other, 'each has an identifier of its own', `${id} and ${other}`);
    const found = await listed(c, thing, byId(thing, id));
    c.holds(found, [{ [`${thing}_id`]: id }], 'what is created is listed, and a filter shows nothing else');
    const modify = `${things[thing]}Modify`;
    await c.call(modify, asking(c, { [`${thing}_id`]: id, qry: { details: change } }));
    c.holds(
      at(await listed(c, thing, byId(thing, id)), 0),
      { details: kept },
      'a change changes what it names and keeps the rest',
    );
    const remove = `${things[thing]}Delete`;
    await c.call(remove, asking(c, { [`${thing}_id`]: id }));
    c.holds([...(await listed(c, thing, byId(thing, id)))], [], 'what is deleted is listed no more');
    c.holds(
      [...(await listed(c, thing, byId(thing, other)))].map((one) => textAt(one, `${thing}_id`)),
      [other],
      'a deletion takes nothing else away',
    );
    await c.call(modify, asking(c, { [`${thing}_id`]: id, qry: { details: change } }), 'refused');
  },
});

const refusals = (thing: Thing): Scenario => ({
  id: `${thing}-refusals`,
  title: `${thing}: refused without details, with unknown ones, and when it never was`,
  operations: ['New', 'Delete'].map((verb) => `${things[thing]}${verb}`),
  play: async (c) => {
    const create = `${things[thing]}New`;
    await c.call(create, asking(c), 'refused');
    await c.call(create, asking(c, { qry: 'no json' }), 'refused');
    await c.call(create, asking(c, { qry: {} }), 'refused');
    await c.call(`${things[thing]}Delete`, asking(c, { [`${thing}_id`]: c.unique('never') }), 'refused');
  },
});

/** The life of each thing, and what they do together. */
export function schedulerScenarios(): readonly Scenario[] {
  const kinds = Object.keys(things) as Thing[];
  return [
    ...kinds.map(life),
    ...kinds.map(refusals),
    {
      id: 'events-of-slots',
      title: 'An event is made for each slot, and found by what it is',
      operations: ['eventNew', 'eventList'],
      play: async (c) => {
        const name = c.unique('Camp ');
        const slots = [
          { from: '2090-03-01T08:00:00', to: '2090-03-01T09:00:00' },
          { from: '2090-03-01T09:00:00', to: '2090-03-01T10:00:00' },
        ];
        const answer = await c.call('eventNew', asking(c, { qry: { details: { name, slots } } }));
        c.expect(
          textAt(answer.body).split(':')[1]?.split(',').length === 2,
          'each slot is an event',
          textAt(answer.body),
        );
        await made(c, 'event', { details: { name: c.unique('Other ') } });
        const found = await listed(c, 'event', { name });
        c.expect(found.length === 2, 'a filter shows what fits, and nothing else', `${found.length} events`);
        const only = await c.call(
          'eventList',
          asking(c, { qry: { event_filter: { name }, event_details_required: { name: true } } }),
        );
        for (const one of listAt(only, 0))
          c.holds(
            Object.keys((at(one, 'details') ?? {}) as JsonObject),
            ['name'],
            'only the details that are asked for are shown',
          );
      },
    },
    {
      id: 'availability',
      title: 'A resource is free but for its appointments',
      operations: ['eventNew', 'resourceNew', 'appointmentNew', 'resourceAvailability'],
      play: async (c) => {
        const resource_id = await made(c, 'resource', { resource_details: { name: c.unique('Doctor ') } });
        const slots = [{ from: '2090-03-01T09:00:00Z', to: '2090-03-01T10:00:00Z' }];
        const event = await made(c, 'event', { details: { name: c.unique('Visit '), slots } });
        await made(c, 'appointment', {
          appointment_details: {
            event_ids: [event],
            participant_type: 'resource',
            participant_id: resource_id,
          },
        });
        const free_resource_filter = {
          resource_id,
          from: '2090-03-01T08:00:00Z',
          to: '2090-03-01T12:00:00Z',
        };
        const answer = await c.call('resourceAvailability', asking(c, { qry: { free_resource_filter } }));
        const [entry, more] = listAt(answer, 0);
        c.holds(entry, { resource_id }, 'the resource that is asked for is shown');
        c.expect(more === undefined, 'no other resource is shown', JSON.stringify(more));
        const starts = listAt(entry, 'free_slots').map((slot) => textAt(slot).slice(0, 13));
        c.holds(starts, ['2090-03-01T08', '2090-03-01T10'], 'it is free before and after its appointment');
      },
    },
    {
      id: 'unknown-references',
      title: 'What names something that there is not is refused',
      operations: ['appointmentNew', 'affiliationNew', 'alertScheduleNew'],
      play: async (c) => {
        const none = c.unique('none');
        const appointment_details = {
          event_ids: [none],
          participant_type: 'subscriber',
          participant_id: none,
        };
        await c.call('appointmentNew', asking(c, { qry: { appointment_details } }), 'refused');
        await c.call(
          'affiliationNew',
          asking(c, { qry: { affiliation_details: { resource_id: none, entity_id: none } } }),
          'refused',
        );
      },
    },
    {
      id: 'alert',
      title: 'An alert rings at its time, once for each subscriber',
      operations: ['eventNew', 'subscriberNew', 'appointmentNew', 'messageNew', 'alertScheduleNew'],
      play: async (c) => {
        const url = c.callbackUrl();
        const event_id = await made(c, 'event', { details: { name: c.unique('Camp ') } });
        const participant_id = await made(c, 'subscriber', {
          subscriber_details: { name: c.unique('Amina '), alert_url: url },
        });
        await made(c, 'appointment', {
          appointment_details: { event_ids: [event_id], participant_type: 'subscriber', participant_id },
        });
        const message_body = c.unique('Come ');
        const message_id = await made(c, 'message', { message_details: { message_body } });
        const alert_datetime = c.soon();
        await made(c, 'alert_schedule', {
          alert_schedule_details: { event_id, message_id, target_category: 'subscriber', alert_datetime },
        });
        const rung = await c.callback(url, undefined);
        c.expect(rung.body.includes(message_body), 'an alert carries its message', rung.body.slice(0, 200));
      },
    },
    {
      id: 'idempotency-key',
      title: 'One Idempotency-Key makes one event',
      operations: ['eventNew'],
      extension: true,
      play: async (c) => {
        const headers = { 'Idempotency-Key': c.uuid() };
        const parts = { ...asking(c, { qry: { details: { name: c.unique('Camp ') } } }), headers };
        const first = await c.call('eventNew', parts);
        const again = await c.call('eventNew', parts);
        c.holds(again.body, first.body ?? null, 'the same request under the same key gets the same answer');
      },
    },
    {
      id: 'tenants',
      title: 'What one tenant keeps no other tenant sees',
      operations: ['entityNew', 'entityList'],
      play: async (c) => {
        const other = c.otherTenant();
        const id = await made(c, 'entity', { details: { name: c.unique('Clinic ') } });
        c.holds([...(await listed(other, 'entity', { entity_id: [id] }))], [], 'tenants are kept apart');
      },
    },
  ];
}
