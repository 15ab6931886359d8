import type { JsonObject } from '../../../contracts/json.js';
import { createSchedulerBlock } from '../../../mocks/scheduler/block.js';
import { kindNames, kinds, type KindName } from '../../../mocks/scheduler/kinds.js';
import { expectBody, stateSuite, type Call, type KeptThing } from '../state.suite.js';

const slot = { from: '2025-04-01T09:00:00', to: '2025-04-01T10:00:00' };

/** Details of a new one, those by which it is known again, and a change; references are to what is seeded. */
const examples: Readonly<Record<KindName, readonly [JsonObject, JsonObject, JsonObject]>> = {
  event: [
    { name: 'Outreach', host_entity_id: 'msw', slots: [slot] },
    { name: 'Outreach' },
    { name: 'Outreach in the north' },
  ],
  appointment: [
    { event_ids: ['fair'], participant_type: 'subscriber', participant_id: 'amina' },
    { event_id: 'fair', participant_id: 'amina' },
    { status_id: 'confirmed' },
  ],
  entity: [{ name: 'Clinic', category: 'health' }, { name: 'Clinic' }, { name: 'Clinic of the north' }],
  resource: [{ name: 'Room 4', category: 'room' }, { name: 'Room 4' }, { name: 'Room 5' }],
  subscriber: [{ name: 'Tomas', category: 'household' }, { name: 'Tomas' }, { name: 'Tomas B.' }],
  message: [
    { entity_id: 'msw', category: 'reminder', message_body: 'Come' },
    { message_body: 'Come' },
    { message_body: 'Come soon' },
  ],
  affiliation: [
    {
      resource_id: 'officer',
      entity_id: 'msw',
      resource_category: 'officer',
      work_days_hours: [{ day_of_week: 'monday', start_time: '08:00', end_time: '16:00' }],
    },
    { resource_category: 'officer' },
    { resource_category: 'clerk' },
  ],
  alert_schedule: [
    {
      event_id: 'fair',
      message_id: 'hello',
      target_category: 'subscriber',
      alert_datetime: '2025-04-01T08:00:00',
    },
    { target_category: 'subscriber' },
    { target_category: 'resource' },
  ],
  log: [
    { logger_role: 'clerk', log_category: 'note', datetime: '2025-03-01T08:00:00', log_data: 'Seen' },
    { log_data: 'Seen' },
    { log_data: 'Seen twice' },
  ],
};

const asked = (more: Record<string, string>): Record<string, string> => ({
  requestor_id: 'usct',
  request_token: 'any',
  ...more,
});

async function find(call: Call, kind: KindName, id: string): Promise<JsonObject | undefined> {
  const answer = await call('GET', `/${kind}/list_details`, { query: asked({ qry: '{}' }) });
  const [entries = []] = expectBody<readonly (readonly JsonObject[])[]>(answer);
  const found = entries.find((entry) => entry[`${kind}_id`] === id);
  return found?.details as JsonObject | undefined;
}

function thing(kind: KindName): KeptThing {
  const [details, created, change] = examples[kind];
  return {
    name: `one ${kind}`,
    create: async (call) => {
      const qry = JSON.stringify({ [kinds[kind].newMember]: details });
      const made = expectBody<string>(await call('POST', `/${kind}/new`, { query: asked({ qry }) }));
      return made.split(':')[1] ?? '';
    },
    read: (call, id) => find(call, kind, id),
    created,
    list: async (call, id) => (await find(call, kind, id)) !== undefined,
    update: {
      run: async (call, id) => {
        const query = asked({ [`${kind}_id`]: id, qry: JSON.stringify({ details: change }) });
        expectBody(await call('PUT', `/${kind}/modifications`, { query }));
      },
      expected: change,
    },
    delete: async (call, id) =>
      expectBody(await call('DELETE', `/${kind}`, { query: asked({ [`${kind}_id`]: id }) })),
  };
}

stateSuite('scheduler', {
  create: createSchedulerBlock,
  seeds: {
    entities: [{ id: 'msw', name: 'Ministry', category: 'ministry' }],
    subscribers: [{ id: 'amina', name: 'Amina', category: 'household' }],
    resources: [{ id: 'officer', name: 'Officer', category: 'officer' }],
    events: [{ id: 'fair', name: 'Fair', host_entity_id: 'msw', ...slot }],
    messages: [{ id: 'hello', entity_id: 'msw', message_body: 'Hello' }],
  },
  things: kindNames.map(thing),
});
