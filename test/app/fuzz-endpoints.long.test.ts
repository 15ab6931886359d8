import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../app/config.js';
import { freePort } from '../../cli/free-port.js';
import { pause } from '../../cli/real-clock.js';
import { openSession, type Session } from '../../cli/session.js';
import { silentLogger } from '../../contracts/logger.js';
import { createFuzz, createRandom, type Fuzz } from './fuzz-values.js';
import { humanTask, listen, writeSmallUseCase } from './small-use-case.js';

const SEED = 20_260_105;
const EVENTS = 1_300;
const TASKS = 1_300;
const AT_ONCE = 16;

interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

let folder: string;
let dataDir: string;
let session: Session;
const unexpected: string[] = [];
const runs: string[] = [];
const tasks: string[] = [];
const tokens: Record<string, string> = {};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  folder = await writeSmallUseCase({
    check: { tasks: humanTask('check', 'due: P3D, escalate: { after: due, to: administrator }') },
    hear: { tasks: listen('hear', 'org.example.flood') },
    all: { tasks: '  - hear: { listen: { to: { any: [] } } }\n  - rest: { wait: P1D }' },
  });
  const logger = {
    ...silentLogger,
    error: (fields: object, message?: string) =>
      void unexpected.push(`${message ?? ''} ${JSON.stringify(fields, asText)}`),
  };
  session = await openSession(readConfig({}, { port: await freePort(), dataDir }), logger, folder);
  for (const name of ['tara', 'dora', 'adam', 'olga', 'cora']) tokens[name] = await tokenOf(name);
  for (const kind of ['check', 'check', 'check', 'check', 'hear', 'all', 'hear']) {
    const body = { useCase: 'small', kind, input: {} };
    runs.push((await session.as('tara').post<{ runId: string }>('/cases', body)).runId);
  }
  while (!(await session.quiet())) await pause(20);
  const found = await session.as('tara').get<{ tasks: { id: string }[] }>('/tasks');
  tasks.push(...found.tasks.map(({ id }) => id));
  expect(tasks).toHaveLength(4);
}, 60_000);
afterAll(async () => {
  await session.close();
  await rm(dataDir, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

async function tokenOf(username: string): Promise<string> {
  const response = await fetch(`${session.sandbox.origin}/realms/govstack/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: 'sandbox-cli',
      username,
      password: username,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

function asText(_name: string, value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? value.message) : value;
}

/** As somebody or nobody, under a right, a wrong or no content type. */
function headersFor({ pick, chance }: Fuzz, likely: readonly string[]): Record<string, string> {
  const who = chance(0.8) ? pick(likely) : pick([...Object.keys(tokens), 'nobody', 'forged']);
  const token = who === 'forged' ? 'eyJhbGciOiJub25lIn0.e30.' : tokens[who];
  const types = [
    'application/json; charset=utf-16',
    'application/json; charset=nonsense',
    'application/cloudevents+json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/xml',
    'nonsense',
  ];
  return {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    'content-type': chance(0.85) ? 'application/json' : pick(types),
    ...(chance(0.02) ? { 'content-encoding': pick(['gzip', 'br', 'nonsense']) } : {}),
  };
}

/** What no parser likes: nothing, halves, depths, and more than is allowed. */
function malformed({ pick, chance }: Fuzz): string {
  if (chance(0.1))
    return pick([
      '['.repeat(20_000) + ']'.repeat(20_000),
      `{"data":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}`,
    ]);
  if (chance(0.05)) return `{"data":"${'x'.repeat(2_000_000)}"}`;
  return pick([
    '',
    '{',
    '}',
    'null',
    '"text"',
    '[]',
    '{"a":1,}',
    '\u0000',
    '{"event":',
    'undefined',
    '\ufeff{}',
    '{"a":"\\ud800"}',
    '[[[[',
  ]);
}

function eventRequest(fuzz: Fuzz, number: number): Sent {
  const { pick, chance, json, text } = fuzz;
  const path = '/api/v1/events';
  const headers = headersFor(fuzz, ['tara', 'dora', 'adam']);
  const kind = number % 6;
  if (kind === 5) return { path, headers, body: malformed(fuzz) };
  if (kind === 4) return { path, headers, body: json(4) };
  const attributes: Record<string, string> = {
    specversion: '"1.0"',
    id: JSON.stringify(`e-${number}`),
    source: '"https://example.org"',
    type: JSON.stringify(pick(['org.example.flood', 'org.example.storm'])),
    data: json(4),
  };
  if (kind >= 2) {
    // One thing goes wrong in each, or more.
    for (let wrong = 0; wrong < 1 + (number % 3); wrong += 1) {
      const name = chance(0.6) ? pick(Object.keys(attributes)) : text();
      if (chance(0.2)) Reflect.deleteProperty(attributes, name);
      else
        Object.defineProperty(attributes, name, {
          value: json(2),
          enumerable: true,
          configurable: true,
          writable: true,
        });
    }
  }
  if (number % 101 === 0) attributes['data'] = JSON.stringify('é'.repeat(60_000));
  const event = Object.entries(attributes).map(([name, value]) => `${JSON.stringify(name)}:${value}`);
  const to = chance(0.3)
    ? `,"to":${pick([`{"run":"${pick(runs)}"}`, '{"case":"case-x"}', '{"run":"run-x"}', '{}', 'null', json(2), `{"run":${JSON.stringify(text())}}`])}`
    : '';
  return { path, headers, body: `{"event":{${event.join(',')}}${to}}` };
}

function taskRequest(fuzz: Fuzz, number: number): Sent {
  const { pick, chance, json, text } = fuzz;
  const odd = [
    encodeURIComponent(text().replace(/[\ud800-\udfff]/g, '')) || 'x',
    '%E0%A4%A',
    '%00',
    '..%2f..',
    'x'.repeat(3_000),
    '__proto__',
  ];
  const id = chance(0.8) ? pick(tasks) : pick(odd);
  const act = pick(['complete', 'claim']);
  const path = `/api/v1/tasks/${id}/${act}`;
  const headers = headersFor(fuzz, ['olga', 'olga', 'tara', 'adam', 'cora']);
  if (act === 'claim' && chance(0.5)) return { path, headers };
  const kind = number % 5;
  if (kind === 4) return { path, headers, body: malformed(fuzz) };
  if (kind === 3) return { path, headers, body: json(4) };
  const valid = `{"decision":${pick(['"approve"', '"refuse"'])}${chance(0.5) ? `,"note":${JSON.stringify(text().slice(0, 200))}` : ''}}`;
  // Valid ones are rare, lest the tasks be done too soon.
  return { path, headers, body: `{"data":${number % 97 === 0 ? valid : json(3)}}` };
}

async function play(
  count: number,
  make: (fuzz: Fuzz, number: number) => Sent,
  seed: number,
): Promise<Map<number, number>> {
  const fuzz = createFuzz(createRandom(seed));
  const all = Array.from({ length: count }, (_, number) => make(fuzz, number));
  const statuses = new Map<number, number>();
  const failures: string[] = [];
  const sendOne = async ({ path, headers, body }: Sent): Promise<void> => {
    const response = await fetch(session.sandbox.origin + path, {
      method: 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    const problem =
      response.status < 400 ||
      (response.headers.get('content-type') ?? '').startsWith('application/problem+json');
    if (response.status >= 500 || !problem)
      failures.push(
        `${response.status} ${path.slice(0, 100)} ${JSON.stringify(headers['content-type'])} ${(body ?? '').slice(0, 200)} => ${text.slice(0, 200)}`,
      );
  };
  for (let at = 0; at < all.length; at += AT_ONCE)
    await Promise.all(all.slice(at, at + AT_ONCE).map(sendOne));
  expect(failures).toEqual([]);
  return statuses;
}

function told(what: string, statuses: Map<number, number>): number {
  const sum = [...statuses.values()].reduce((one, other) => one + other, 0);
  const list = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`);
  process.stdout.write(`${sum} generated requests to ${what} (seed ${SEED}): ${list.join(', ')}\n`);
  return sum;
}

describe('the event and task endpoints', () => {
  it('answer whatever is sent to POST /events, and never with a failure of their own', async () => {
    const statuses = await play(EVENTS, eventRequest, SEED);
    expect(told('POST /events', statuses)).toBe(EVENTS);
    // It was no wall of refusals, and no open door.
    expect(statuses.get(202)).toBeGreaterThan(EVENTS / 10);
    for (const status of [400, 401, 403, 404, 413]) expect(statuses.get(status)).toBeGreaterThan(0);
  }, 120_000);

  it('answer whatever is sent to POST /tasks/:id/complete and claim', async () => {
    const statuses = await play(TASKS, taskRequest, SEED + 1);
    expect(told('POST /tasks/:id/complete|claim', statuses)).toBe(TASKS);
    for (const status of [200, 400, 401, 403, 404, 409]) expect(statuses.get(status)).toBeGreaterThan(0);
  }, 120_000);

  it('left the sandbox serving: runs go on, tasks are done, nothing failed unseen', async () => {
    while (!(await session.quiet())) await pause(20);
    expect((await fetch(`${session.sandbox.origin}/health`)).status).toBe(200);
    const body = { useCase: 'small', kind: 'check', input: {} };
    await session.as('tara').post('/cases', body);
    while (!(await session.quiet())) await pause(20);
    const { tasks: open } = await session
      .as('olga')
      .get<{ tasks: { id: string; state: string }[] }>('/tasks?state=open');
    const done = await session
      .as('olga')
      .post<{ task: { state: string } }>(`/tasks/${open.at(-1)!.id}/complete`, {
        data: { decision: 'approve' },
      });
    expect(done.task.state).toBe('completed');
    const { runs: left } = await session.as('tara').get<{ runs: { status: string; id: string }[] }>('/runs');
    expect(left.filter(({ status }) => status === 'faulted')).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('polluted');
    expect(unexpected).toEqual([]);
  }, 60_000);
});
