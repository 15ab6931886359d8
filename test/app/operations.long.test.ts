import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../app/config.js';
import { loadUseCases } from '../../app/read-use-cases.js';
import type { AuditPage } from '../../contracts/audit.js';
import type { Case } from '../../contracts/case.js';
import type { JournalEntry } from '../../contracts/request-journal.js';
import type { Run } from '../../contracts/run.js';
import { freePort } from '../../cli/free-port.js';
import { playLive } from '../../cli/live/play-live.js';
import { loadScenario } from '../../cli/load-scenario.js';
import { openSession, trainerOf, type Session } from '../../cli/session.js';
import { createTerminalLogger } from '../../cli/terminal-logger.js';

let dataDir: string;
let session: Session;
let trainer: string;
const lines: string[] = [];
const CORRELATION = 'from-the-browser-7f3a';

const application = {
  channel: 'citizen',
  applicant: {
    individualId: '2001000017',
    firstName: 'Amina',
    lastName: 'Haddad',
    birthDate: '1988-03-14',
    sex: 'female',
    phone: '+15550101',
  },
  household: {
    region: 'hills',
    size: 6,
    dependants: 4,
    elderly: 1,
    disabled: 0,
    displaced: false,
    headSex: 'female',
    assets: ['radio', 'goats'],
    landHectares: 0.5,
    monthlyIncome: 60,
  },
  payment: { route: 'mobile', account: '+999005501' },
  oneTimeCode: '111111',
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'operations-'));
  const logger = createTerminalLogger('debug', { write: (line: string) => void lines.push(line) });
  session = await openSession(readConfig({}, { port: await freePort(), dataDir }), logger);
  const [useCase] = await loadUseCases();
  if (useCase === undefined) throw new Error('there is no use case');
  trainer = trainerOf(useCase.personas);
  await playLive({ session, useCase, scenario: loadScenario(useCase), trainer, write: () => undefined });
}, 180_000);
afterAll(async () => {
  await session.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function post(path: string, as: string, body: object, headers: object = {}): Promise<Response> {
  return fetch(`${session.root}/api/v1${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await session.tokenOf(as)}`,
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

async function untilQuiet(): Promise<void> {
  while (!(await session.quiet())) await new Promise((resolve) => setTimeout(resolve, 25));
}

describe('a correlation id', () => {
  it('goes from the request that opens a case to the block that its run asks', async () => {
    const body = { useCase: 'usct', kind: 'application', input: application };
    const opened = await post('/cases', 'amina', body, { 'x-correlation-id': CORRELATION });
    expect(opened.status).toBe(201);
    expect(opened.headers.get('x-correlation-id')).toBe(CORRELATION);
    const { case: made, runId } = (await opened.json()) as { case: Case; runId: string };
    await untilQuiet();

    const { run } = await session.as(trainer).get<{ run: Run }>(`/runs/${runId}`);
    expect(run.correlation).toBe(CORRELATION);
    const { exchanges } = await session
      .as(trainer)
      .get<{ exchanges: readonly { exchange: { origin?: object } }[] }>(`/runs/${runId}/exchanges`);
    expect(exchanges.length).toBeGreaterThan(0);
    for (const { exchange } of exchanges)
      expect(exchange.origin).toMatchObject({ caseId: made.id, correlation: CORRELATION });
    const { entries } = await session
      .as(trainer)
      .get<{ entries: readonly JournalEntry[] }>(`/blocks/identity/journal?text=${CORRELATION}`);
    expect(entries.length).toBeGreaterThan(0);
    expect(entries[0]).toMatchObject({ correlation: CORRELATION, origin: { runId } });
  });
});

describe('the log', () => {
  it('has a line for each request, and nothing about people, also at its most talkative', async () => {
    await post('/cases', 'amina', { useCase: 'usct', kind: 'application', input: 'Amina Haddad' });
    const requests = lines.map(
      (line) => JSON.parse(line) as { msg?: string; route?: string; principal?: string },
    );
    const opening = requests.filter(({ msg, route }) => msg === 'request' && route === '/api/v1/cases');
    expect(opening.length).toBeGreaterThan(2);
    expect(opening[0]?.principal).toMatch(/^[0-9a-f]{16}$/);
    const text = lines.join('');
    for (const { applicant, payment } of [application])
      for (const personal of [
        ...Object.values(applicant).filter((value) => value !== 'female'),
        payment.account,
      ])
        expect(text).not.toContain(personal);
    expect(text).not.toMatch(/Bearer (?!\[)|eyJ|"username":"(?!\[)|Tomas|Okafor/);
  });
});

describe('the metrics', () => {
  it('count runs, steps, calls, jobs and requests, by names that are bounded', async () => {
    const text = await (await fetch(`${session.sandbox.origin}/metrics`)).text();
    const value = (series: RegExp): number => Number(series.exec(text)?.[0].split(' ').at(-1) ?? Number.NaN);
    expect(value(/sandbox_runs_total\{use_case="usct",event="started"\} \d+/)).toBeGreaterThan(0);
    expect(value(/sandbox_step_duration_seconds_count\{kind="block",outcome="done"\} \d+/)).toBeGreaterThan(
      5,
    );
    expect(
      value(
        /sandbox_block_call_duration_seconds_count\{block="payments",operation="\w+",outcome="2xx"\} \d+/,
      ),
    ).toBeGreaterThan(0);
    expect(value(/sandbox_queue_wait_seconds_count\{queue="[a-z-]*advance[a-z-]*"\} \d+/)).toBeGreaterThan(5);
    expect(text).toMatch(/sandbox_queue_depth\{queue="blocks"\} \d+/);
    // No identifier of a case, run, task or person is in a label.
    expect(text).not.toMatch(/(?:case|run|task|person)-[0-9a-f]{6}/);
  });
});

describe('the audit log', () => {
  it('says who did what, and that it holds', async () => {
    const { entries } = await session.as(trainer).get<AuditPage>('/audit?action=POST%20/cases&limit=500');
    const opened = entries.find(({ correlation }) => correlation === CORRELATION);
    expect(opened).toMatchObject({
      action: 'POST /cases',
      who: { username: 'amina', roles: ['citizen'] },
      on: { made: expect.stringMatching(/^case-/) },
      outcome: 201,
      source: '127.0.0.1',
    });
    expect(await session.as(trainer).get('/audit/check')).toMatchObject({ intact: true });
  });

  it('keeps refusals, and outlives a reset', async () => {
    expect((await post('/reset', 'amina', {})).status).toBe(403);
    const before = await session.as(trainer).get<AuditPage>('/audit?limit=500');
    expect(before.entries[0]).toMatchObject({
      action: 'POST /reset',
      outcome: 403,
      who: { username: 'amina' },
    });
    expect((await post('/reset', trainer, {})).status).toBe(204);
    const after = await session.as(trainer).get<AuditPage>('/audit?limit=500');
    expect(after.entries.slice(0, 2).map(({ outcome }) => outcome)).toEqual([204, 403]);
    expect(await session.as(trainer).get('/audit/check')).toMatchObject({ intact: true });
  }, 60_000);

  it('is not for everybody', async () => {
    const statusOf = async (as: string, path: string): Promise<number> => {
      const headers = { authorization: `Bearer ${await session.tokenOf(as)}` };
      return (await fetch(`${session.root}/api/v1${path}`, { headers })).status;
    };
    expect(await statusOf('amina', '/audit')).toBe(403);
    expect(await statusOf(trainer, '/audit?of=installation')).toBe(403);
    expect(await statusOf(trainer, '/audit')).toBe(200);
  });
});
