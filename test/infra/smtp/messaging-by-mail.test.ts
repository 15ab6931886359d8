import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Block } from '../../../contracts/block.js';
import { parseSmtpUrl } from '../../../infra/smtp/smtp-address.js';
import { createSmtpServer } from '../../../infra/smtp/smtp-server.js';
import { createMessagingBlock } from '../../../mocks/messaging/block.js';
import { testDeps, WORKSPACE, type TestDeps } from '../../mocks/kit/test-deps.js';

/** Messaging over a real mail server: OpenSMTPD, which takes mail for example.org only. */
const url = process.env['SANDBOX_TEST_SMTP_URL'];
const folder = process.env['SANDBOX_TEST_MAIL_FOLDER'] ?? '';

let bench: TestDeps;
let block: Block;

function start(address: string, allow: readonly string[] = []): void {
  bench = testDeps();
  const mail = createSmtpServer(parseSmtpUrl(address)!, 'training@example.org');
  block = createMessagingBlock(bench.deps, { mail, allow });
}

async function send(recipients: readonly string[], title: string, content: string): Promise<string> {
  const people = recipients.map((email) => ({ recipientInfo: { email, name: 'Amina Ḥaddād' } }));
  const answer = await block.handle(WORKSPACE, {
    method: 'POST',
    path: '/send/email/batch',
    query: {},
    headers: { apikey: 'k' },
    body: {
      senderInfo: { name: 'Ministry of Welfare' },
      recipientInfo: { batchEmailAsBase64: Buffer.from(JSON.stringify(people)).toString('base64') },
      emailContent: { title, content },
    },
  });
  expect(answer).toMatchObject({ status: 200 });
  return (answer.body as { requestUid: string }).requestUid;
}

async function inbox(): Promise<Readonly<Record<string, { status: string; reason?: string }>>> {
  const answer = await block.handle(WORKSPACE, {
    method: 'GET',
    path: '/sandbox/messages',
    query: {},
    headers: {},
  });
  const { messages } = answer.body as { messages: { recipient: string; status: string; reason?: string }[] };
  return Object.fromEntries(messages.map(({ recipient, ...one }) => [recipient, one]));
}

const runJob = (): Promise<void> => block.runJob(WORKSPACE, bench.takeJob().job);

/** The mail in somebody's box, once the server has put it there. */
async function boxOf(user: string): Promise<readonly string[]> {
  for (let look = 0; look < 200; look += 1) {
    const names = await readdir(join(folder, user, 'new')).catch(() => []);
    if (names.length > 0)
      return Promise.all(names.map((name) => readFile(join(folder, user, 'new', name), 'utf8')));
    await pause(50);
  }
  throw new Error(`no mail came for ${user}`);
}

(url === undefined ? describe.skip : describe)('messaging with a real mail server', () => {
  const user = `amina${process.pid}`;
  beforeEach(() => start(url ?? '', ['@elsewhere.gov']));

  it('delivers e-mail, and has what the server says for a status', async () => {
    const text = 'Your card is ready.\n.\nمرحبا – training.';
    await send(
      [`${user}@example.org`, 'x@elsewhere.gov', 'real@person.net', `${user}.0009@example.org`],
      'Card – prêt',
      text,
    );
    await runJob();
    expect(await inbox()).toMatchObject({
      [`${user}@example.org`]: { status: 'delivered' },
      [`${user}.0009@example.org`]: { status: 'delivered' },
      // Allowed by the sandbox, refused by the server.
      'x@elsewhere.gov': { status: 'bounced', reason: expect.stringMatching(/^5\d\d /) },
      'real@person.net': { status: 'notSent', reason: expect.stringContaining('not a reserved domain') },
    });
    const [mail = ''] = await boxOf(user);
    const [head = '', body = ''] = mail.split(/\r?\n\r?\n/);
    expect(head).toContain('From: Ministry of Welfare <training@example.org>');
    expect(head).toMatch(/Subject: =\?utf-8\?B\?/);
    const read = Buffer.from(body, 'base64').toString('utf8');
    expect(read.startsWith(text)).toBe(true);
    expect(read.toLowerCase()).toContain('training');
  }, 30_000);
});

describe('messaging with a mail server that is away', () => {
  it('tries again, and gives up in the end', async () => {
    // Nobody listens on the discard port of this machine.
    start('smtp://127.0.0.1:9');
    await send(['amina@example.org'], 'Card', 'Ready.');
    await runJob();
    expect(await inbox()).toMatchObject({
      'amina@example.org': { status: 'deferred', reason: expect.stringContaining('did not answer') },
    });
    let attempts = 1;
    for (; bench.jobs.length > 0; attempts += 1) await runJob();
    expect(attempts).toBe(7);
    expect(await inbox()).toMatchObject({
      'amina@example.org': { status: 'bounced', reason: expect.stringContaining('given up') },
    });
  });
});

describe('the address of a mail server', () => {
  it.each([
    ['smtp://mail.example', { host: 'mail.example', port: 25, tls: false }],
    [
      'smtps://u%40x:p%3A@mail.example',
      { host: 'mail.example', port: 465, tls: true, user: 'u@x', password: 'p:' },
    ],
    ['smtp://[::1]:2525', { host: '::1', port: 2525, tls: false }],
    ['http://mail.example', undefined],
    ['smtp://', undefined],
  ])('%s', (text, address) => {
    expect(parseSmtpUrl(text)).toEqual(address);
  });
});
