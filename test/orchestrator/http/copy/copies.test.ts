import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Json } from '../../../../contracts/json.js';
import type { JournalEntry } from '../../../../contracts/request-journal.js';
import { copyForms, writeCopy, type CopyForm } from '../../../../orchestrator/http/copy/copies.js';
import { copyOfEntry, copyOfExchange } from '../../../../orchestrator/http/copy/copyable-request.js';

const run = promisify(execFile);
const has = (command: string, ...check: string[]): boolean => spawnSync(command, check).status === 0;
/** What a form is run with, where this machine has it. */
const present: Readonly<Record<CopyForm, boolean>> = {
  curl: has('bash', '-c', 'command -v curl'),
  typescript: true,
  python: has('python3', '--version'),
};

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

const folder = mkdtempSync(join(tmpdir(), 'copies-'));
const received: Received[] = [];
let server: Server;
let root = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // As much of the package requests as a copy uses, for machines without it.
  writeFileSync(
    join(folder, 'requests.py'),
    [
      'import urllib.request, urllib.error',
      'class Answer: pass',
      'def request(method, url, headers={}, data=None):',
      '    asked = urllib.request.Request(url, data=data, headers=headers, method=method)',
      '    answer = Answer()',
      '    got = urllib.request.urlopen(asked)',
      '    answer.status_code, answer.text = got.status, got.read().decode()',
      '    return answer',
    ].join('\n'),
  );
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Runs a copy as whoever pasted it would, and returns what arrived. */
async function send(form: CopyForm, text: string, variables: Record<string, string> = {}): Promise<Received> {
  const file = join(folder, { curl: 'copy.sh', typescript: 'copy.mjs', python: 'copy.py' }[form]);
  writeFileSync(file, text);
  const command = { curl: 'bash', typescript: process.execPath, python: 'python3' }[form];
  const { NODE_OPTIONS: _options, ...environment } = process.env;
  await run(command, [file], { env: { ...environment, PYTHONPATH: folder, ...variables } });
  return received.pop()!;
}

function entry(
  request: Partial<JournalEntry> & { body?: Json; headers?: Record<string, string> },
): JournalEntry {
  const { body, headers = { 'content-type': 'application/json' }, ...others } = request;
  return {
    entry: 1,
    at: '',
    time: '',
    block: 'payments',
    method: 'POST',
    path: '/x',
    query: {},
    status: 200,
    milliseconds: 1,
    answeredBy: 'mock',
    request: { headers, ...(body === undefined ? {} : { body }) },
    ...others,
  };
}

const nasty: Json = {
  quotes: `it's "quoted" \`and\` $HOME $(touch x) \${y} !! \\ %s %d`,
  lines: 'one\ntwo\r\nthree\tend\n',
  unicode: 'Amīna 阿米娜 🇪🇹 \u2028 \u00a0',
  control: '\u0000\u0001\u001b[31m\u007f',
  'key \'with\' "quotes"': [null, true, false, 1.5, -0.25, 1e21, [], {}],
  true: 'True',
};

describe.each(copyForms)('a copy as %s', (form) => {
  const runs = present[form] ? it : it.skip;

  runs('sends the same JSON, query and headers', async () => {
    const copied = entry({
      method: 'PUT',
      path: `/data/a%20b/it's/{x}/$HOME`,
      query: { q: `a&b=c 'd' "e" [1] é`, many: ['1', '2'] },
      headers: { 'content-type': 'application/json', 'x-note': `it's "so" $HOME \\`, host: 'elsewhere' },
      body: nasty,
    });
    const got = await send(form, writeCopy(copyOfEntry(copied, root), form));
    expect(got.method).toBe('PUT');
    const url = new URL(got.url!, root);
    expect(decodeURIComponent(url.pathname)).toBe(`/data/a b/it's/{x}/$HOME`);
    expect([...url.searchParams]).toEqual([
      ['q', `a&b=c 'd' "e" [1] é`],
      ['many', '1'],
      ['many', '2'],
    ]);
    expect(got.headers).toMatchObject({
      'content-type': 'application/json',
      'x-note': `it's "so" $HOME \\`,
      host: new URL(root).host,
    });
    expect(JSON.parse(got.body)).toEqual(nasty);
  });

  runs.each([
    ['text that begins with an at sign', `@/etc/passwd 'x' "y" $z\nline %s \\n`],
    ['text like binary', 'a\u0000b\u0001\u001b\u007fé%%\\\'"\n'],
    ['broken JSON', '{"a": '],
  ])('sends %s byte for byte', async (_name, body) => {
    const copied = entry({ body, headers: { 'content-type': 'text/plain' } });
    const got = await send(form, writeCopy(copyOfEntry(copied, root), form));
    expect(got).toMatchObject({ method: 'POST', body, headers: { 'content-type': 'text/plain' } });
  });

  runs('puts variables where credentials were', async () => {
    const copied = entry({
      query: { access_token: '[redacted]' },
      headers: { 'content-type': 'application/json', authorization: '[redacted]', cookie: '[redacted]' },
      body: { client_secret: '[redacted]', note: `it's` },
    });
    const text = writeCopy(copyOfEntry(copied, root), form);
    expect(text).not.toContain('[redacted]');
    const got = await send(form, text, { SANDBOX_TOKEN: 't-1', ACCESS_TOKEN: 'a-1', CLIENT_SECRET: 's-1' });
    expect(got.headers).toMatchObject({ authorization: 'Bearer t-1' });
    expect(got.headers['cookie']).toBeUndefined();
    expect(got.url).toBe('/x?access_token=a-1');
    expect(JSON.parse(got.body)).toEqual({ client_secret: 's-1', note: `it's` });
  });

  runs('sends a form with its secret', async () => {
    const type = 'application/x-www-form-urlencoded';
    const copied = entry({
      headers: { 'content-type': type },
      body: 'grant_type=client_credentials&client_secret=[redacted]&scope=a',
    });
    const got = await send(form, writeCopy(copyOfEntry(copied, root), form), { CLIENT_SECRET: 's' });
    expect(got.body).toBe('grant_type=client_credentials&client_secret=s&scope=a');
  });

  runs('sends what has neither headers nor body', async () => {
    const copied = entry({ method: 'GET', headers: {} });
    const got = await send(form, writeCopy(copyOfEntry(copied, root), form));
    expect(got).toMatchObject({ method: 'GET', url: '/x', body: '' });
    expect(got.headers['content-type']).toBeUndefined();
  });

  runs('sends an exchange through the mediator again', async () => {
    const exchange = {
      client: 'SANDBOX/GOV/MSW/USCT',
      service: 'SANDBOX/GOV/MOF/TAX/tax',
      method: 'POST',
      path: '/data/{x}',
    } as Parameters<typeof copyOfExchange>[0];
    const payload = { path: '/data/tax', query: { a: 'b' }, requestBody: nasty, responseBody: null };
    const text = writeCopy(copyOfExchange(exchange, payload, `${root}/r1`), form);
    const got = await send(form, text, { SANDBOX_MEMBER_KEY: 'k-1' });
    expect(got.url).toBe('/r1/SANDBOX/GOV/MOF/TAX/tax/data/tax?a=b');
    expect(got.headers).toMatchObject({
      'x-govstack-client': 'SANDBOX/GOV/MSW/USCT',
      'x-sandbox-member-key': 'k-1',
    });
    expect(JSON.parse(got.body)).toEqual(nasty);
  });
});

describe('a copy of what is not whole', () => {
  it.each(copyForms)('says so as %s', (form) => {
    const whole = entry({ body: { a: '…' } });
    const text = writeCopy(copyOfEntry({ ...whole, request: { ...whole.request, cut: true } }, root), form);
    expect(text.split('\n')[0]).toContain('too large');
  });
});
