import { beforeEach, describe, expect, it } from '@jest/globals';
import { ConnectionLostError } from '../../../contracts/block.js';
import { WORKSPACE } from '../kit/test-deps.js';
import { openSchedulerBench, type SchedulerBench } from './scheduler-bench.js';

const AT = '2025-04-01T09:00:00.000Z';
let bench: SchedulerBench;
let event: string;
let message: string;
beforeEach(async () => {
  bench = await openSchedulerBench();
  [event = ''] = await bench.make('event', { details: { name: 'Outreach', host_entity_id: 'msw' } });
  [message = ''] = await bench.make('message', {
    message_details: { message_body: 'You can apply now', entity_id: 'msw' },
  });
});

async function subscriber(
  name: string,
  category = 'household',
  alertUrl = `https://sandbox.example/alerts/${name}`,
): Promise<string> {
  const [id = ''] = await bench.make('subscriber', {
    subscriber_details: { name, category, alert_url: alertUrl },
  });
  return id;
}

async function attend(participant: string): Promise<void> {
  await bench.make('appointment', {
    appointment_details: { event_ids: [event], participant_type: 'subscriber', participant_id: participant },
  });
}

async function schedule(target = 'subscriber', at = '2025-04-01T09:00:00'): Promise<string> {
  const details = { event_id: event, message_id: message, target_category: target, alert_datetime: at };
  const [id = ''] = await bench.make('alert_schedule', { alert_schedule_details: details });
  return id;
}

const posted = (): readonly string[] => bench.callbacks.map(({ callback }) => callback.url);

describe('an alert', () => {
  it('waits for its instant of the workspace clock, and is then posted to who has an appointment', async () => {
    await attend(await subscriber('amina'));
    await subscriber('not-invited');
    const id = await schedule();
    expect(bench.jobs.map(({ time }) => time)).toEqual([{ kind: 'at', instant: AT }]);
    expect(bench.callbacks).toEqual([]);
    await bench.ring();
    expect(bench.callbacks.map(({ callback }) => callback)).toEqual([
      expect.objectContaining({
        url: 'https://sandbox.example/alerts/amina',
        block: 'scheduler',
        body: {
          alert_schedule_id: id,
          event_id: event,
          message_id: message,
          entity_id: 'msw',
          message_body: 'You can apply now',
          target_category: 'subscriber',
        },
      }),
    ]);
    const [log] = await bench.list('log', { log_filter: { category: 'alert', from: '2025-04-01T00:00:00' } });
    expect(log?.details).toMatchObject({ datetime: AT, log_data: expect.stringContaining('posted:1') });
  });

  it('is posted once to each, however often the alarm rings', async () => {
    await attend(await subscriber('amina'));
    await attend(await subscriber('ben'));
    await schedule();
    const { job } = bench.jobs[0]!;
    await bench.ring();
    await bench.block.runJob(WORKSPACE, job);
    expect(posted()).toEqual(
      expect.arrayContaining(['https://sandbox.example/alerts/amina', 'https://sandbox.example/alerts/ben']),
    );
    expect(posted()).toHaveLength(2);
    expect(await bench.list('log')).toHaveLength(1);
  });

  it('goes to a whole category, and skips those without an address', async () => {
    await subscriber('amina', 'usct');
    await bench.make('subscriber', { subscriber_details: { name: 'ben', category: 'usct' } });
    await subscriber('carla', 'other');
    await schedule('usct');
    await bench.ring();
    expect(posted()).toEqual(['https://sandbox.example/alerts/amina']);
  });

  it('rings at its new time only when it is moved', async () => {
    await attend(await subscriber('amina'));
    const id = await schedule();
    const { job: old } = bench.jobs[0]!;
    await bench.call('PUT', '/alert_schedule/modifications', {
      alert_schedule_id: id,
      qry: { details: { alert_datetime: '2025-05-01T09:00:00+02:00' } },
    });
    expect(bench.jobs.map(({ time }) => time)).toEqual([{ kind: 'at', instant: '2025-05-01T07:00:00.000Z' }]);
    await bench.block.runJob(WORKSPACE, old);
    expect(posted()).toEqual([]);
    await bench.ring();
    expect(posted()).toHaveLength(1);
  });

  it.each(['alert_schedule', 'event', 'message'])('does not ring once its %s is deleted', async (kind) => {
    await attend(await subscriber('amina'));
    const id = await schedule();
    const ids: Record<string, string> = { alert_schedule: id, event, message };
    await bench.call('DELETE', `/${kind}`, { [`${kind}_id`]: ids[kind] });
    await bench.ring();
    expect(posted()).toEqual([]);
  });

  it('needs an event and a message that exist, and a time', async () => {
    const create = async (change: object) => {
      const details = {
        event_id: event,
        message_id: message,
        target_category: 'subscriber',
        alert_datetime: AT,
        ...change,
      };
      return (await bench.call('POST', '/alert_schedule/new', { qry: { alert_schedule_details: details } }))
        .status;
    };
    expect(await create({ event_id: 'none' })).toBe(404);
    expect(await create({ message_id: 'none' })).toBe(404);
    expect(await create({ alert_datetime: 'soon' })).toBe(400);
    expect(bench.jobs).toEqual([]);
  });

  it('is found by its host and its time', async () => {
    const id = await schedule();
    const filter = { entity_id: 'msw', from: '2025-04-01T00:00:00', to: '2025-04-02T00:00:00' };
    const required = { alert_schedule_id: true, entity_id: true, alert_datetime: true };
    const found = await bench.list('alert_schedule', {
      alert_schedule_filter: filter,
      alert_schedule_details_required: required,
    });
    expect(found).toEqual([
      { alert_schedule_id: id, details: { alert_datetime: '2025-04-01T09:00:00', entity_id: 'msw' } },
    ]);
    expect(
      await bench.list('alert_schedule', { alert_schedule_filter: { from: '2025-04-02T00:00:00' } }),
    ).toEqual([]);
  });
});

describe('an alert without an address to post to', () => {
  it('is sent as a text message or an e-mail, once, and says so in the log', async () => {
    const details = [
      { name: 'Amina', phone: '+99900000001' },
      { name: 'Tomas', phone: '+99900000002', email: 'tomas@mail.example', alert_preference: 'email' },
      { name: 'Nobody' },
    ];
    for (const subscriber_details of details) {
      const [id = ''] = await bench.make('subscriber', { subscriber_details });
      await attend(id);
    }
    bench.answerServices(() => ({ status: 200, headers: {}, body: {} }));
    await schedule();
    await bench.ring();
    expect(bench.callbacks).toEqual([]);
    expect(bench.calls.map(({ client, service }) => [client, service])).toEqual([
      ['SANDBOX/GOV/MDG/SCHEDULER', 'SANDBOX/GOV/MDG/MESSAGING/messaging'],
      ['SANDBOX/GOV/MDG/SCHEDULER', 'SANDBOX/GOV/MDG/MESSAGING/messaging'],
    ]);
    const sent = new Map(bench.calls.map(({ request }) => [request.path, request]));
    expect(sent.get('/send/sms/single')?.body).toEqual({
      recipientInfo: { phone: '+99900000001', name: 'Amina' },
      smsContent: { content: 'You can apply now' },
    });
    expect(sent.get('/send/email/single')?.body).toMatchObject({
      recipientInfo: { email: 'tomas@mail.example' },
    });
    const keys = bench.calls.map(({ request }) => request.headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
    const [log] = await bench.list('log');
    expect(log?.details.log_data).toContain('recipients:3,posted:0,sent:2');
  });

  it('rings for the others when messaging is not reached', async () => {
    const [id = ''] = await bench.make('subscriber', {
      subscriber_details: { name: 'A', phone: '+99900000001' },
    });
    await attend(id);
    await attend(await subscriber('amina'));
    bench.answerServices(() => {
      throw new ConnectionLostError('down', true);
    });
    await schedule();
    await bench.ring();
    expect(posted()).toEqual(['https://sandbox.example/alerts/amina']);
  });
});
