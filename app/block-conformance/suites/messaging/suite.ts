import type { Json, JsonObject } from '../../../../contracts/json.js';
import { at, listAt, textAt } from '../../json-at.js';
import type { Answer, CallParts, CheckContext, Scenario, Suite } from '../../suite.js';

type Channel = 'email' | 'sms';

const content = (c: CheckContext, channel: Channel): JsonObject =>
  channel === 'email'
    ? { emailContent: { encoding: 'UTF-8', title: 'Conformance check', content: c.unique('Message ') } }
    : { smsContent: { content: c.unique('Message ') } };

const single = (c: CheckContext, channel: Channel, to?: string): JsonObject => ({
  senderInfo: {
    name: 'Conformance check',
    ...(channel === 'email' ? { email: 'check@ministry.example' } : {}),
  },
  recipientInfo:
    channel === 'email'
      ? { email: to ?? c.fixtures.text('email'), name: 'Amina' }
      : { phone: to ?? c.fixtures.text('phone'), name: 'Amina' },
  ...content(c, channel),
});

const batch = (c: CheckContext, channel: Channel, count: number): JsonObject => {
  const recipients = Array.from({ length: count }, (_none, index) =>
    channel === 'email'
      ? { recipientInfo: { email: c.fixtures.text('email'), name: `Person ${index}` } }
      : { phone: c.fixtures.text('phone'), name: `Person ${index}` },
  );
  const recipientInfo =
    channel === 'email'
      ? { batchEmailAsBase64: Buffer.from(JSON.stringify(recipients)).toString('base64') }
      : { recipients };
  return { senderInfo: { name: 'Conformance check' }, recipientInfo, ...content(c, channel) };
};

const names = {
  email: {
    single: 'sendSingleEmail',
    batch: 'sendBatchEmail',
    status: 'getEmailStatus',
    callback: 'callbackEmail',
  },
  sms: { single: 'sendSingleSms', batch: 'sendBatchSms', status: 'getSmsStatus', callback: 'callbackSms' },
} as const;

const uidOf = (answer: Answer): string => textAt(answer, 'requestUid') || textAt(answer, 'requestUID');

const status = (
  c: CheckContext,
  channel: Channel,
  requestUid: string,
  query: Record<string, string> = {},
): Promise<Answer> => c.call(names[channel].status, { headers: { requestUid }, query });

const sum = (body: Json | undefined): number =>
  Object.values((body ?? {}) as JsonObject).reduce<number>((total, value) => total + Number(value), 0);

/** Asks until every message has come somewhere. */
const settled = (c: CheckContext, channel: Channel, requestUid: string): Promise<Answer> =>
  c.until(
    () => status(c, channel, requestUid),
    ({ body }) => Number(at(body, 'scheduled') ?? 0) + Number(at(body, 'processing') ?? 0) === 0,
  );

const life = (channel: Channel): Scenario => ({
  id: `${channel}-life`,
  title: `A message and a batch are taken, delivered and counted (${channel})`,
  operations: [names[channel].single, names[channel].batch, names[channel].status],
  ...(channel === 'sms' ? { extension: true } : {}),
  play: async (c) => {
    const one = uidOf(await c.call(names[channel].single, { body: single(c, channel) }));
    const many = uidOf(await c.call(names[channel].batch, { body: batch(c, channel, 3) }));
    c.expect(one !== '' && one !== many, 'each request has an identifier of its own', `${one} and ${many}`);
    for (const [uid, count] of [
      [one, 1],
      [many, 3],
    ] as const) {
      const counted = sum((await status(c, channel, uid)).body);
      c.expect(counted === count, 'every message is counted, in one status', `${counted} of ${count}`);
      const last = await settled(c, channel, uid);
      c.holds(last.body, { delivered: count }, 'a message that can be delivered is');
      const only = await status(c, channel, uid, { status: 'delivered' });
      c.holds(
        Object.keys((only.body ?? {}) as JsonObject),
        ['delivered'],
        'only the status that is asked for is counted',
      );
    }
  },
});

const replyTo = (requestUid: string, text: string): CallParts => ({
  headers: { requestUid },
  body: { meta: 'text/plain', content: Buffer.from(text).toString('base64') },
});

const reply = (channel: Channel): Scenario => ({
  id: `${channel}-reply`,
  title: `What a person answers is kept with the message that it answers (${channel})`,
  operations: [names[channel].single, names[channel].callback, 'listSandboxReplies'],
  extension: true,
  play: async (c) => {
    const [mine, other] = [
      uidOf(await c.call(names[channel].single, { body: single(c, channel) })),
      uidOf(await c.call(names[channel].single, { body: single(c, channel) })),
    ];
    const text = c.unique('Reply ');
    await c.call(names[channel].callback, replyTo(mine, text));
    await c.call(names[channel].callback, replyTo(c.uuid(), text), 'refused');
    const kept = async (requestUid: string): Promise<readonly Json[]> =>
      listAt(await c.call('listSandboxReplies', { query: { requestUid } }), 'replies');
    c.holds(
      [...(await kept(mine))],
      [{ requestUid: mine, channel, meta: 'text/plain', content: text }],
      'a reply is kept as it came',
    );
    c.expect((await kept(other)).length === 0, 'other messages have no reply', 'they have one');
  },
});

const scenarios = (): readonly Scenario[] => [
  life('email'),
  life('sms'),
  {
    id: 'bounce',
    title: 'A message to an address that bounces is counted as bounced',
    operations: ['sendSingleEmail', 'getEmailStatus'],
    play: async (c) => {
      const body = single(c, 'email', c.fixtures.text('bouncingEmail'));
      const uid = uidOf(await c.call('sendSingleEmail', { body }));
      c.holds((await settled(c, 'email', uid)).body, { bounced: 1 }, 'a message that bounces is counted so');
    },
  },
  {
    id: 'unknown-request',
    title: 'A request that nobody made has no messages',
    operations: ['getEmailStatus'],
    play: async (c) => {
      const answer = await c.call('getEmailStatus', { headers: { requestUid: c.uuid() } }, 'any');
      c.expect(
        answer.status >= 400 || sum(answer.body) === 0,
        'an unknown request has no messages',
        JSON.stringify(answer.body),
      );
    },
  },
  {
    id: 'inbox',
    title: 'What arrived can be read as it was sent, newest first',
    operations: ['sendSingleEmail', 'listSandboxMessages'],
    extension: true,
    play: async (c) => {
      const uids: string[] = [];
      for (const _message of [1, 2]) {
        const body = single(c, 'email');
        const uid = uidOf(await c.call('sendSingleEmail', { body }));
        uids.push(uid);
        await settled(c, 'email', uid);
        const inbox = await c.call('listSandboxMessages', { query: { requestUid: uid } });
        c.holds(
          inbox.body,
          {
            messages: [
              {
                requestUid: uid,
                channel: 'email',
                recipient: c.fixtures.text('email'),
                title: 'Conformance check',
                status: 'delivered',
              },
            ],
          },
          'a message arrives as it was sent',
        );
        c.expect(
          textAt(inbox, 'messages', 0, 'text').includes(textAt(body, 'emailContent', 'content')),
          'a message arrives with its text',
          textAt(inbox, 'messages', 0, 'text').slice(0, 100),
        );
      }
      const latest = await c.call('listSandboxMessages', {
        query: { recipient: c.fixtures.text('email'), limit: '2' },
      });
      c.holds(
        listAt(latest, 'messages').map((one) => textAt(one, 'requestUid')),
        [...uids].reverse(),
        'the newest comes first',
      );
    },
  },
  reply('email'),
  reply('sms'),
  {
    id: 'idempotency-key',
    title: 'One Idempotency-Key is one message',
    operations: ['sendSingleEmail', 'getEmailStatus'],
    extension: true,
    play: async (c) => {
      const headers = { 'Idempotency-Key': c.uuid() };
      const body = single(c, 'email');
      const first = await c.call('sendSingleEmail', { headers, body });
      const again = await c.call('sendSingleEmail', { headers, body });
      c.expect(
        uidOf(first) === uidOf(again),
        'the same request under the same key gets the same answer',
        `${uidOf(first)} and ${uidOf(again)}`,
      );
    },
  },
  {
    id: 'tenants',
    title: 'What one tenant sends no other tenant counts',
    operations: ['sendSingleEmail', 'getEmailStatus'],
    play: async (c) => {
      const other = c.otherTenant();
      const requestUid = uidOf(await c.call('sendSingleEmail', { body: single(c, 'email') }));
      const seen = await other.call('getEmailStatus', { headers: { requestUid } }, 'any');
      c.expect(
        seen.status >= 400 || sum(seen.body) === 0,
        'tenants are kept apart',
        JSON.stringify(seen.body),
      );
    },
  },
];

const ofReply =
  (channel: Channel) =>
  async (c: CheckContext): Promise<CallParts> =>
    replyTo(uidOf(await c.call(names[channel].single, { body: single(c, channel) })), 'Reply');

const ofStatus =
  (channel: Channel) =>
  async (c: CheckContext): Promise<CallParts> => ({
    headers: { requestUid: uidOf(await c.call(names[channel].single, { body: single(c, channel) })) },
  });

export const messaging: Suite = {
  block: 'messaging',
  specification: { name: 'GovStack bb-messaging', version: '0.1.1' },
  headers: (fixtures) => ({ apiKey: fixtures.text('apiKey') }),
  samples: {
    sendSingleEmail: (c) => ({ body: single(c, 'email') }),
    sendBatchEmail: (c) => ({ body: batch(c, 'email', 2) }),
    getEmailStatus: ofStatus('email'),
    sendSingleSms: (c) => ({ body: single(c, 'sms') }),
    sendBatchSms: (c) => ({ body: batch(c, 'sms', 2) }),
    getSmsStatus: ofStatus('sms'),
    callbackEmail: ofReply('email'),
    callbackSms: ofReply('sms'),
    listSandboxMessages: () => ({}),
    listSandboxReplies: () => ({}),
  },
  scenarios: scenarios(),
  profiles: {
    email: { title: 'E-mail', operations: Object.values(names.email) },
    sms: { title: 'Text messages, an extension of this sandbox', operations: Object.values(names.sms) },
  },
};
