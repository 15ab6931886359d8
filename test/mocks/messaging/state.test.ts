import type { Block, BlockDeps } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';
import { createMessagingBlock } from '../../../mocks/messaging/block.js';
import { expectBody, stateSuite, type Call, type KeptThing } from '../state.suite.js';

/** Delivers at once what is scheduled, as the queue would a moment later. */
function open(deps: BlockDeps): Block {
  const block: Block = createMessagingBlock({
    ...deps,
    jobs: {
      schedule: (workspace, _block, job) => {
        setImmediate(() => void block.runJob(workspace, job));
        return Promise.resolve();
      },
      cancel: () => Promise.resolve(),
    },
  });
  return block;
}

const send = async (call: Call, path: string, body: JsonObject): Promise<string> =>
  expectBody<{ requestUid: string }>(await call('POST', path, { body, headers: { apikey: 'any' } }))
    .requestUid;

function request(channel: 'email' | 'sms', body: JsonObject): KeptThing {
  return {
    name: `the status of a request (${channel})`,
    create: (call) => send(call, `/send/${channel}/single`, body),
    read: async (call, id) => {
      const headers = { apikey: 'any', requestuid: id };
      const answer = await call('GET', `/status/${channel}`, { headers });
      return answer.status === 405 ? undefined : expectBody<JsonObject>(answer);
    },
    created: { bounced: 0, notSent: 0 },
  };
}

const email = {
  recipientInfo: { email: 'amina@mail.example' },
  emailContent: { title: 'Card', content: 'Ready' },
};
const sms = { recipientInfo: { phone: '+99900000001' }, smsContent: { content: 'Ready' } };

async function until<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let looks = 0; looks < 200; looks += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return undefined;
}

stateSuite('messaging', {
  create: open,
  things: [
    request('email', email),
    request('sms', sms),
    {
      name: 'a message that arrived',
      create: async (call) => {
        const id = await send(call, '/send/sms/single', sms);
        await until(() => messageOf(call, id));
        return id;
      },
      read: messageOf,
      created: { recipient: '+99900000001', status: 'delivered' },
      list: async (call, id) => (await messageOf(call, id)) !== undefined,
    },
    {
      name: 'a reply',
      create: async (call) => {
        const id = await send(call, '/send/email/single', email);
        const body = { meta: 'reply', content: Buffer.from('Thank you').toString('base64') };
        expectBody(
          await call('POST', '/callback/email', { body, headers: { apikey: 'any', requestuid: id } }),
        );
        return id;
      },
      read: async (call, id) =>
        expectBody<{ replies: readonly JsonObject[] }>(
          await call('GET', '/sandbox/replies', { query: { requestUid: id } }),
        ).replies[0],
      created: { channel: 'email', meta: 'reply', content: 'Thank you' },
    },
  ],
});

async function messageOf(call: Call, requestUid: string): Promise<JsonObject | undefined> {
  const answer = await call('GET', '/sandbox/messages', { query: { requestUid } });
  return expectBody<{ messages: readonly JsonObject[] }>(answer).messages[0];
}
