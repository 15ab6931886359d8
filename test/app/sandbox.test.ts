import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../app/config.js';
import { startSandbox } from '../../app/sandbox.js';
import { ApiRefusal, type TasksAnswer } from '../../cli/api-client.js';
import { freePort } from '../../cli/free-port.js';
import { pause } from '../../cli/real-clock.js';
import { openSession, type Session } from '../../cli/session.js';
import type { Case } from '../../contracts/case.js';
import { silentLogger } from '../../contracts/logger.js';
import type { Run } from '../../contracts/run.js';
import type { CloudEvent } from '../../contracts/run-event.js';

let dataDir: string;
let port: number;
let session: Session;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  port = await freePort();
  session = await openSession(readConfig({}, { port, dataDir }), silentLogger);
}, 60_000);
afterAll(async () => {
  await session.close();
  await rm(dataDir, { recursive: true, force: true });
});

const refusalOf = async (work: Promise<unknown>): Promise<ApiRefusal> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiRefusal) return error;
    throw error;
  }
  throw new Error('It was accepted');
};

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

async function apply(): Promise<Case> {
  const body = { useCase: 'usct', kind: 'application', input: application };
  return (await session.as('amina').post<{ case: Case }>('/cases', body)).case;
}

async function openTask(of: Case, name: string): Promise<string> {
  for (let looks = 0; looks < 500; looks += 1) {
    const { tasks } = await session.as('trainer-yuki').get<TasksAnswer>(`/tasks?case=${of.id}&state=open`);
    const found = tasks.find((task) => task.name === name);
    if (found !== undefined) return found.id;
    await pause(20);
  }
  throw new Error(`No task ${name} came up`);
}

describe('the whole sandbox', () => {
  it('refuses a second instance on the same folder, and a second one on the same port', async () => {
    const second = startSandbox({
      config: readConfig({}, { port: await freePort(), dataDir }),
      logger: silentLogger,
    });
    await expect(second).rejects.toMatchObject({ code: 'GSB-CFG-003' });
    const elsewhere = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const third = startSandbox({
      config: readConfig({}, { port, dataDir: elsewhere }),
      logger: silentLogger,
    });
    await expect(third).rejects.toMatchObject({ code: 'GSB-CFG-002' });
    await rm(elsewhere, { recursive: true, force: true });
  }, 60_000);

  it('refuses a form that does not fit, naming the field', async () => {
    const input = { ...application, household: { ...application.household, size: 'six' } };
    const refusal = await refusalOf(
      session.as('amina').post('/cases', { useCase: 'usct', kind: 'application', input }),
    );
    expect(refusal).toMatchObject({ status: 400, code: 'GSB-REQ-001' });
    expect(refusal.message).toContain('/household/size');
  });

  it('lets only the right person do a task, and only with fitting data', async () => {
    const opened = await apply();
    const id = await openTask(opened, 'askConsent');
    const complete = (as: string, data: unknown): Promise<unknown> =>
      session.as(as).post(`/tasks/${id}/complete`, { data });
    expect(await refusalOf(complete('case-officer-lin', { decision: 'granted' }))).toMatchObject({
      code: 'GSB-AUT-002',
    });
    expect(await refusalOf(complete('tomas', { decision: 'granted' }))).toMatchObject({
      code: 'GSB-AUT-002',
    });
    expect(await refusalOf(complete('amina', { decision: 'perhaps' }))).toMatchObject({
      code: 'GSB-REQ-001',
    });
    expect(await refusalOf(session.as('tomas').get(`/tasks/${id}`))).toMatchObject({ status: 404 });
    expect(await refusalOf(session.as('tomas').get(`/cases/${opened.id}`))).toMatchObject({ status: 404 });
    await complete('amina', { decision: 'refused' });
    expect(await refusalOf(complete('amina', { decision: 'granted' }))).toMatchObject({
      code: 'GSB-REQ-003',
    });
  }, 60_000);

  it('refuses a registry read without a live consent, also past the workflow', async () => {
    const token = await personaToken('trainer-yuki');
    const response = await fetch(
      `${session.sandbox.origin}/r1/SANDBOX/GOV/MOI/POPULATION/population/data/population/1.0/read`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'x-road-client': 'SANDBOX/GOV/MSW/USCT',
          'x-sandbox-fields': 'firstName',
        },
        body: JSON.stringify({ query: { content: { individualId: '2001000025' } } }),
      },
    );
    expect(response.status).toBe(403);
    expect(response.headers.get('x-road-error')).toMatch(/^Server\.ServerProxy/);
    expect(await response.text()).toContain('consent');
  });

  it('needs a developer for what lies past the mediator, and nobody for its description', async () => {
    const { origin } = session.sandbox;
    const path = '/blocks/digital-registries';
    expect((await fetch(`${origin}${path}/data/population/1.0`)).status).toBe(401);
    expect((await fetch(`${origin}${path}/openapi.json`)).status).toBe(200);
  });

  it('takes no callback at an address that was never given out', async () => {
    const opened = await apply();
    const { origin } = session.sandbox;
    const forged = await fetch(
      `${origin}/cb/${String(opened.runs[0])}/AAAAAAAAAAAAAAAA/beneficiary-registered`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      },
    );
    expect(forged.status).toBe(404);
  });

  it('finds runs and cases by person, workflow, state, block, time and number, and citizens their own only', async () => {
    const opened = await apply();
    await openTask(opened, 'askConsent');
    const trainer = session.as('trainer-yuki');
    const runId = String(opened.runs[0]);
    const { run } = await trainer.get<{ run: Run }>(`/runs/${runId}`);
    expect(run.blocks?.length).toBeGreaterThan(0);
    const block = run.blocks![0]!;
    const since = new Date(Date.parse(run.startedAt) - 1000).toISOString();
    const query = `person=${run.person}&workflow=application&useCase=usct&state=waiting&block=${block}&since=${since}`;
    const runsOf = async (as: string, more: string): Promise<string[]> =>
      (await session.as(as).get<{ runs: Run[] }>(`/runs?${more}`)).runs.map(({ id }) => id);
    expect((await runsOf('trainer-yuki', query))[0]).toBe(runId);
    expect(await runsOf('trainer-yuki', `${query}&until=${since}`)).toEqual([]);
    expect(await runsOf('amina', 'limit=500')).toContain(runId);
    expect(await runsOf('tomas', `person=${run.person}`)).toEqual([]);
    const { cases } = await trainer.get<{ cases: Case[] }>(`/cases?text=${opened.number}&block=${block}`);
    expect(cases.map(({ id }) => id)).toEqual([opened.id]);
    const first = await trainer.get<{ runs: Run[]; next: string }>('/runs?limit=1');
    const second = await trainer.get<{ runs: Run[] }>(`/runs?limit=1&after=${first.next}`);
    expect(second.runs[0]?.id).not.toBe(first.runs[0]?.id);
  }, 60_000);

  it('starts a workflow by its name, if a kind of case begins with it', async () => {
    const trainer = session.as('trainer-yuki');
    const start = (workflow: string, more: object = {}): Promise<{ runId: string }> =>
      trainer.post('/runs', { useCase: 'usct', workflow, input: application, ...more });
    const { runId } = await start('application', { version: '1.0.0', key: 'one' });
    expect((await start('application', { version: '1.0.0', key: 'one' })).runId).toBe(runId);
    expect(await refusalOf(start('application', { version: '9.0.0' }))).toMatchObject({ status: 422 });
    expect(await refusalOf(start('nothing'))).toMatchObject({ status: 422 });
    expect(await refusalOf(start('application', { input: {} }))).toMatchObject({ code: 'GSB-REQ-001' });
  }, 60_000);

  it('tells the lifecycle of a run as CloudEvents', async () => {
    const opened = await apply();
    await openTask(opened, 'askConsent');
    const token = await personaToken('amina');
    const address = `${session.sandbox.origin}/api/v1/runs/${String(opened.runs[0])}/cloudevents`;
    const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    expect(response.headers.get('content-type')).toMatch(/^application\/cloudevents-batch\+json/);
    const events = (await response.json()) as CloudEvent[];
    expect(events[0]).toMatchObject({
      type: 'io.serverlessworkflow.workflow.started.v1',
      source: expect.stringContaining(`/api/v1/runs/${String(opened.runs[0])}`),
    });
    // What she typed is in no event.
    for (const personal of ['Haddad', '2001000017', '+15550101'])
      expect(JSON.stringify(events)).not.toContain(personal);
  }, 60_000);

  it('keeps a message log whose chain holds', async () => {
    const log = await session.as('trainer-yuki').get<{ verification: { holds: boolean } }>('/message-log');
    expect(log.verification.holds).toBe(true);
  });
});

async function personaToken(username: string): Promise<string> {
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
