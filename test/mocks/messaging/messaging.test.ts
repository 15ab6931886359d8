import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Block, BlockResponse } from '../../../contracts/block.js';
import type { Json } from '../../../contracts/json.js';
import { createMessagingBlock } from '../../../mocks/messaging/block.js';
import { testDeps, WORKSPACE, type TestDeps } from '../kit/test-deps.js';

let bench: TestDeps;
let block: Block;
beforeEach(async () => {
  bench = testDeps();
  block = createMessagingBlock(bench.deps, { allow: ['+254 700 123 456'] });
  await block.reset(WORKSPACE, {
    notices: [{ locale: 'so', text: 'Fariin tababar: ma aha mid dhab ah.' }],
    allowList: [{ recipient: '@ministry.gov' }],
  });
});

function send(path: string, body: Json, key?: string): Promise<BlockResponse> {
  const headers: Record<string, string> = {
    apikey: 'k',
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
  return block.handle(WORKSPACE, { method: 'POST', path, query: {}, headers, body });
}

function get(target: string, requestUid?: string): Promise<BlockResponse> {
  const [path = '', query = ''] = target.split('?');
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const before = values[name];
    values[name] = before === undefined ? value : [before, value].flat();
  }
  const headers: Record<string, string> = requestUid === undefined ? {} : { requestuid: requestUid };
  return block.handle(WORKSPACE, { method: 'GET', path, query: values, headers });
}

const uidOf = (answer: BlockResponse): string => (answer.body as { requestUid: string }).requestUid;
const sms = (phone: string, locale = 'en'): Json => ({
  senderInfo: { name: 'Welfare' },
  recipientInfo: { phone, name: 'Amina' },
  smsContent: { content: 'Your card is ready.', locale },
});
const email = (address: string, change: object = {}): Json => ({
  recipientInfo: { email: address, ...change },
  emailContent: { title: 'Card', content: 'Your card is ready.' },
});

async function runJobs(): Promise<void> {
  while (bench.jobs.length > 0) await block.runJob(WORKSPACE, bench.takeJob().job);
}

async function inbox(
  query = '',
): Promise<{ text: string; status: string; reason?: string; recipient: string }[]> {
  return ((await get(`/sandbox/messages${query}`)).body as { messages: never[] }).messages;
}

describe('the older dialect', () => {
  it('names requests in its own spelling, and sends its own key', async () => {
    const headers = { api_key: 'k', 'content-type': 'application/json' };
    const request = { method: 'POST', path: '/send/email/single', query: {}, headers } as const;
    const answer = await block.handle(WORKSPACE, { ...request, body: email('amina@example.org') });
    const { requestUID } = answer.body as { requestUID: string };
    expect(requestUID).toBe(uidOf(answer));
    expect((await get('/status/email', requestUID)).status).toBe(200);
  });
});

describe('text messages', () => {
  it('are scheduled, then delivered, with the training notice of their language', async () => {
    const answer = await send('/send/sms/single', sms('+999 000 000 001', 'so'));
    expect(answer.status).toBe(200);
    expect((await get('/status/sms', uidOf(answer))).body).toMatchObject({ scheduled: 1, delivered: 0 });
    await runJobs();
    expect((await get('/status/sms', uidOf(answer))).body).toMatchObject({ scheduled: 0, delivered: 1 });
    const [message] = await inbox('?recipient=%2B999000000001');
    expect(message).toMatchObject({ status: 'delivered', recipient: '+999000000001' });
    expect(message?.text).toBe('Your card is ready.\n\nFariin tababar: ma aha mid dhab ah.');
  });

  it('fall back to the English notice', async () => {
    await send('/send/sms/single', sms('+999000000001', 'xx-YY'));
    await runJobs();
    expect((await inbox())[0]?.text).toMatch(/Training message .*not real/);
  });

  it.each([
    ['+999000000001', 'delivered'],
    ['+15550100', 'delivered'],
    ['+1 (212) 555-0199', 'delivered'],
    ['+447700900123', 'delivered'],
    ['+33639981234', 'delivered'],
    ['00999000000001', 'delivered'],
    ['+254700123456', 'delivered'],
    ['+254700123457', 'notSent'],
    ['+12125550200', 'notSent'],
    ['12345', 'notSent'],
    ['', 'notSent'],
    ['+9990000009', 'bounced'],
  ])('to %s are %s', async (phone, status) => {
    const answer = await send('/send/sms/single', sms(phone));
    expect(answer.status).toBe(200);
    await runJobs();
    const [message] = await inbox(`?requestUid=${uidOf(answer)}`);
    expect(message?.status).toBe(status);
    expect(message?.reason === undefined).toBe(message?.status === 'delivered');
  });

  it('to a number that ends with 0010 are deferred first', async () => {
    const answer = await send('/send/sms/single', sms('+9990000010'));
    const deliver = bench.takeJob('deliver').job;
    await block.runJob(WORKSPACE, deliver);
    expect((await get('/status/sms', uidOf(answer))).body).toMatchObject({ deferred: 1, delivered: 0 });
    await block.runJob(WORKSPACE, deliver);
    await runJobs();
    expect((await get('/status/sms', uidOf(answer))).body).toMatchObject({ deferred: 0, delivered: 1 });
    await block.runJob(WORKSPACE, deliver);
    expect((await inbox())[0]).toMatchObject({ status: 'delivered' });
    expect(await inbox()).toHaveLength(1);
  });
});

describe('e-mails', () => {
  it.each([
    ['a@example.org', 'delivered'],
    ['a@mail.EXAMPLE.net', 'delivered'],
    ['a@clinic.test', 'delivered'],
    ['a@notexample.org', 'notSent'],
    ['a@example.org.real.io', 'notSent'],
    ['clerk@ministry.gov', 'delivered'],
    ['no address', 'notSent'],
    ['a.0009@example.org', 'bounced'],
  ])('to %s are %s', async (address, status) => {
    const answer = await send('/send/email/single', email(address));
    await runJobs();
    expect((await get(`/status/email?status=${status}`, uidOf(answer))).body).toEqual({ [status]: 1 });
  });

  it('are not sent when a copy would go to a real address', async () => {
    const answer = await send('/send/email/single', email('a@example.org', { emailBCC: 'x@gmail.com' }));
    await runJobs();
    expect((await get('/status/email?status=notSent&status=delivered', uidOf(answer))).body).toEqual({
      notSent: 1,
      delivered: 0,
    });
  });

  it('go to many at once, recipients in base64', async () => {
    const entries = ['a@example.org', 'b@real.io', 'c.0009@example.org'].map((address) => ({
      recipientInfo: { email: address },
    }));
    const batchEmailAsBase64 = Buffer.from(JSON.stringify([...entries, {}])).toString('base64');
    const answer = await send('/send/email/batch', {
      recipientInfo: { batchEmailAsBase64 },
      emailContent: { content: 'Hello' },
    });
    await runJobs();
    expect((await get('/status/email', uidOf(answer))).body).toEqual({
      scheduled: 0,
      processing: 0,
      deferred: 0,
      bounced: 1,
      notSent: 2,
      delivered: 1,
    });
  });
});

describe('batches', () => {
  it('of ten thousand are taken in by one write and delivered by one job', async () => {
    const recipients = Array.from({ length: 10_000 }, (_each, index) => ({
      phone: `+999${String(100_000_000 + index)}`,
      ...(index === 0 ? { content: 'Only for you.' } : {}),
    }));
    const answer = await send('/send/sms/batch', {
      recipientInfo: { recipients },
      smsContent: { content: 'Hello' },
    });
    expect(bench.jobs).toHaveLength(1);
    await runJobs();
    const { delivered, bounced, deferred } = (await get('/status/sms', uidOf(answer))).body as Record<
      string,
      number
    >;
    expect({ sum: (delivered ?? 0) + (bounced ?? 0), bounced, deferred }).toEqual({
      sum: 10_000,
      bounced: 1,
      deferred: 0,
    });
    const first = (await get('/sandbox/messages?limit=2')).body as {
      messages: { id: string }[];
      next: string;
    };
    const second = (await get(`/sandbox/messages?limit=2&after=${encodeURIComponent(first.next)}`))
      .body as typeof first;
    expect(new Set([...first.messages, ...second.messages].map(({ id }) => id)).size).toBe(4);
    expect((await inbox('?recipient=%2B999100000000'))[0]?.text).toMatch(/^Only for you\./);
  });
});

describe('requests', () => {
  it('under one Idempotency-Key are one request', async () => {
    const first = await send('/send/sms/single', sms('+999000000001'), 'k');
    const again = await send('/send/sms/single', sms('+999000000001'), 'k');
    expect(uidOf(again)).toBe(uidOf(first));
    await runJobs();
    expect(await inbox()).toHaveLength(1);
    expect((await send('/send/sms/single', sms('+999000000002'), 'k')).status).toBe(422);
  });

  it.each([
    ['/send/sms/single', { recipientInfo: {} }],
    ['/send/sms/batch', { recipientInfo: { recipients: [] }, smsContent: { content: 'x' } }],
    ['/send/email/single', { recipientInfo: { email: 'a@example.org' }, emailContent: { content: '' } }],
    ['/send/email/batch', { recipientInfo: { batchEmailAsBase64: 'bm8=' }, emailContent: { content: 'x' } }],
    ['/send/email/batch', { recipientInfo: { batchEmailAsBase64: 'W10=' }, emailContent: { content: 'x' } }],
  ])('to %s with invalid input answer 405', async (path, body) => {
    const answer = await send(path, body);
    expect(answer.status).toBe(405);
    expect((answer.body as { detail: string }).detail).toMatch(/recipientInfo|content/);
    expect(bench.jobs).toHaveLength(0);
  });

  it('that are unknown, or of the other channel, have no status', async () => {
    const answer = await send('/send/sms/single', sms('+999000000001'));
    expect((await get('/status/email', uidOf(answer))).status).toBe(405);
    expect((await get('/status/sms', 'none')).status).toBe(405);
    expect((await get('/status/sms')).status).toBe(405);
    expect((await get('/status/sms?status=lost', uidOf(answer))).status).toBe(405);
  });
});
