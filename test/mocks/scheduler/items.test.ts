import { beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../contracts/json.js';
import { openSchedulerBench, type SchedulerBench } from './scheduler-bench.js';

let bench: SchedulerBench;
beforeEach(async () => {
  bench = await openSchedulerBench();
});

/** What each kind needs to be created, given what exists. */
async function world(): Promise<Record<string, { qry: JsonObject; change: JsonObject; shows: JsonObject }>> {
  const [event = ''] = await bench.make('event', { details: { name: 'Fair' } });
  const [message = ''] = await bench.make('message', {
    message_details: { message_body: 'Come', entity_id: 'msw' },
  });
  const [subscriber = ''] = await bench.make('subscriber', { subscriber_details: { name: 'A' } });
  const [resource = ''] = await bench.make('resource', { resource_details: { name: 'Officer' } });
  const alert = {
    event_id: event,
    message_id: message,
    target_category: 'subscriber',
    alert_datetime: '2025-04-01T09:00:00',
  };
  return {
    event: {
      qry: { details: { name: 'Camp', host_entity_id: 'msw' } },
      change: { terms: 'free' },
      shows: { name: 'Camp', terms: 'free', status: 'open' },
    },
    appointment: {
      qry: {
        appointment_details: {
          event_ids: [event],
          participant_type: 'subscriber',
          participant_id: subscriber,
        },
      },
      change: { status_id: 'confirmed' },
      shows: { event_id: event, status_id: 'confirmed' },
    },
    entity: {
      qry: { details: { name: 'Clinic' } },
      change: { category: 'hospital' },
      shows: { name: 'Clinic', category: 'hospital' },
    },
    resource: {
      qry: { resource_details: { name: 'Doctor' } },
      change: { category: 'doctor' },
      shows: { name: 'Doctor', category: 'doctor' },
    },
    subscriber: {
      qry: { subscriber_details: { name: 'B' } },
      change: { phone: '+99900000001' },
      shows: { name: 'B', phone: '+99900000001' },
    },
    message: {
      qry: { message_details: { message_body: 'Hi' } },
      change: { category: 'reminder' },
      shows: { message_body: 'Hi', category: 'reminder' },
    },
    affiliation: {
      qry: { affiliation_details: { resource_id: resource, entity_id: 'msw' } },
      change: { resource_category: 'officer' },
      shows: { resource_id: resource, resource_category: 'officer' },
    },
    alert_schedule: {
      qry: { alert_schedule_details: alert },
      change: { target_category: 'resource' },
      shows: { ...alert, target_category: 'resource' },
    },
    log: {
      qry: { log_details: { log_category: 'attendance', log_data: 'came' } },
      change: { log_data: 'left' },
      shows: { log_data: 'left' },
    },
  };
}

describe.each([
  'event',
  'appointment',
  'entity',
  'resource',
  'subscriber',
  'message',
  'affiliation',
  'alert_schedule',
  'log',
])('%s', (kind) => {
  it('is created, listed, changed and deleted, and deleted again', async () => {
    const { qry, change, shows } = (await world())[kind]!;
    const [id = ''] = await bench.make(kind, qry);
    const idName = `${kind}_id`;
    const modified = await bench.call('PUT', `/${kind}/modifications`, {
      [idName]: id,
      qry: { details: change },
    });
    expect(modified.status).toBe(200);
    const filter = { [`${kind}_filter`]: { [idName]: kind === 'appointment' ? id : [id] } };
    expect(await bench.list(kind, filter)).toEqual([
      { [idName]: id, details: expect.objectContaining(shows) },
    ]);
    const remove = () => bench.call('DELETE', `/${kind}`, { [idName]: id });
    expect((await remove()).status).toBe(200);
    expect((await remove()).headers['x-sandbox-rule']).toBe('repeated');
    expect(await bench.list(kind, filter)).toEqual([]);
    expect(
      (await bench.call('PUT', `/${kind}/modifications`, { [idName]: id, qry: { details: change } })).status,
    ).toBe(404);
  });

  it('is refused without its details, with unknown members, and when it never was', async () => {
    const send = (qry: JsonObject | string | undefined) => bench.call('POST', `/${kind}/new`, { qry });
    expect((await send(undefined)).status).toBe(400);
    expect((await send('no json')).status).toBe(400);
    const { qry } = (await world())[kind]!;
    const [member = ''] = Object.keys(qry);
    const unknown = await send({ [member]: { ...(qry[member] as JsonObject), colour: 'red' } });
    expect(unknown.status).toBe(400);
    expect((unknown.body as { detail: string }).detail).toContain('colour');
    expect((await bench.call('DELETE', `/${kind}`, { [`${kind}_id`]: 'never' })).status).toBe(404);
    const anonymous = await bench.block.handle('test' as never, {
      method: 'GET',
      path: `/${kind}/list_details`,
      query: {},
      headers: {},
    });
    expect(anonymous.status).toBe(400);
  });
});

describe('qry', () => {
  it.each([
    ['JSON text', { qry: '{"details":{"name":"Camp","venue":{"city":"Ruda"}}}' }],
    ['brackets', { 'qry[details][name]': 'Camp', 'qry[details][venue][city]': 'Ruda' }],
    ['exploded JSON', { details: '{"name":"Camp","venue":{"city":"Ruda"}}' }],
    ['exploded brackets', { 'details[name]': 'Camp', 'details[venue][city]': 'Ruda' }],
  ])('is read from %s', async (_name, query) => {
    expect((await bench.call('POST', '/event/new', query)).status).toBe(200);
    const [event] = await bench.list('event', { event_filter: { venue: { city: 'Ruda' } } });
    expect(event?.details).toMatchObject({ name: 'Camp', venue: { city: 'Ruda' } });
  });

  it('reads lists and booleans from brackets', async () => {
    const ids = await bench.make('event', { details: { name: 'Camp', terms: 'free' } });
    const answer = await bench.call('GET', '/event/list_details', {
      'qry[event_filter][event_id][]': ids[0],
      'qry[event_details_required][terms]': 'true',
    });
    expect(answer.body).toEqual([[{ event_id: ids[0], details: { terms: 'free' } }]]);
    const byIndex = await bench.call('GET', '/event/list_details', {
      'qry[event_filter][event_id][0]': 'none',
    });
    expect(byIndex.body).toEqual([[]]);
  });
});

describe('events and appointments', () => {
  const slots = [
    { from: '2025-04-01T09:00:00', to: '2025-04-01T10:00:00' },
    { from: '2025-04-01T10:00:00Z', to: '2025-04-01T11:00:00Z' },
  ];

  it('one event for each slot, one appointment for each event, kept when asked for again', async () => {
    const events = await bench.make('event', { details: { name: 'Visit', slots } });
    expect(events).toHaveLength(2);
    const [subscriber = ''] = await bench.make('subscriber', { subscriber_details: { name: 'A' } });
    const qry = {
      appointment_details: { event_ids: events, participant_type: 'subscriber', participant_id: subscriber },
    };
    const made = await bench.make('appointment', qry);
    expect(made).toHaveLength(2);
    expect(await bench.make('appointment', qry)).toEqual(made);
    expect(
      await bench.list('appointment', { appointment_filter: { from: '2025-04-01T10:30:00' } }),
    ).toHaveLength(1);
    expect(await bench.list('event', { event_filter: { to: '2025-04-01T09:30:00' } })).toHaveLength(1);
    expect((await bench.call('DELETE', '/appointment', { appointment_id: made.join(',') })).status).toBe(200);
    expect(await bench.list('appointment')).toEqual([]);
  });

  it('refuse what cannot be: a full event, a double booking, an unknown host, an end before the start', async () => {
    const [event = ''] = await bench.make('event', {
      details: { name: 'Visit', subscriber_limit: 1, slots: slots.slice(0, 1) },
    });
    const [other = ''] = await bench.make('event', { details: { name: 'Other', slots: slots.slice(0, 1) } });
    const [a = ''] = await bench.make('subscriber', { subscriber_details: { name: 'A' } });
    const [b = ''] = await bench.make('subscriber', { subscriber_details: { name: 'B' } });
    const book = async (participant: string, events: readonly string[], exclusive = false) => {
      const details = {
        event_ids: events,
        participant_type: 'subscriber',
        participant_id: participant,
        exclusive,
      };
      return (await bench.call('POST', '/appointment/new', { qry: { appointment_details: details } })).status;
    };
    expect(await book(a, [event], true)).toBe(200);
    expect(await book(b, [event])).toBe(400);
    expect(await book(a, [other])).toBe(400);
    expect(await book('nobody', [other])).toBe(404);
    expect(await book(b, [other, 'none'])).toBe(404);
    expect(await bench.list('appointment')).toHaveLength(1);
    const create = async (details: JsonObject) =>
      (await bench.call('POST', '/event/new', { qry: { details } })).status;
    expect(await create({ name: 'X', host_entity_id: 'nobody' })).toBe(404);
    expect(await create({ name: 'X', slots: [{ from: slots[1]!.from, to: slots[0]!.from }] })).toBe(400);
    expect(await create({ name: 'X', slots: [{ from: 'tomorrow', to: 'later' }] })).toBe(400);
  });

  it('leave resources free between their appointments', async () => {
    const [event = ''] = await bench.make('event', { details: { name: 'Visit', slots: slots.slice(0, 1) } });
    const [doctor = ''] = await bench.make('resource', {
      resource_details: { name: 'Doctor', category: 'doctor' },
    });
    await bench.make('affiliation', { affiliation_details: { resource_id: doctor, entity_id: 'msw' } });
    await bench.make('appointment', {
      appointment_details: { event_ids: [event], participant_type: 'resource', participant_id: doctor },
    });
    const ask = (filter: JsonObject) =>
      bench.call('GET', '/resource/availability', {
        qry: {
          free_resource_filter: { from: '2025-04-01T08:00:00Z', to: '2025-04-01T12:00:00Z', ...filter },
        },
      });
    expect((await ask({ category: 'doctor', Entity_id: 'msw' })).body).toEqual([
      [
        {
          resource_id: doctor,
          resource_name: 'Doctor',
          free_slots: [
            '2025-04-01T08:00:00.000Zto2025-04-01T09:00:00.000Z',
            '2025-04-01T10:00:00.000Zto2025-04-01T12:00:00.000Z',
          ],
        },
      ],
    ]);
    expect((await ask({ Entity_id: 'other' })).body).toEqual([[]]);
    expect((await ask({ to: '2025-03-01T08:00:00Z' })).status).toBe(400);
  });

  it('are created once under one Idempotency-Key', async () => {
    const send = (name: string) => bench.call('POST', '/event/new', { qry: { details: { name } } }, 'k');
    const first = await send('Camp');
    expect((await send('Camp')).body).toBe(first.body);
    expect(await bench.list('event')).toHaveLength(1);
    expect((await send('Other')).status).toBe(422);
  });
});
