import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readConfig } from '../../app/config.js';
import { ApiRefusal, type TasksAnswer } from '../../cli/api-client.js';
import { grantRight, listRights, revokeRight } from '../../cli/commands/rights.js';
import { verify } from '../../cli/commands/verify.js';
import { freePort } from '../../cli/free-port.js';
import { pause } from '../../cli/real-clock.js';
import { openSession, type Session } from '../../cli/session.js';
import { blockIds } from '../../contracts/block.js';
import type { StateExport } from '../../contracts/block-state.js';
import type { Case } from '../../contracts/case.js';
import { textOf, type JsonObject } from '../../contracts/json.js';
import { silentLogger } from '../../contracts/logger.js';
import type { Run } from '../../contracts/run.js';
import { loadUseCases } from '../../app/read-use-cases.js';
import { loadScenario } from '../../cli/load-scenario.js';
import type { PersonConsent } from '../../contracts/held-consent.js';
import type { PersonAccess } from '../../orchestrator/http/ports/mediator-ports.js';

let dataDir: string;
let session: Session;
let application: JsonObject;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  session = await openSession(readConfig({}, { port: await freePort(), dataDir }), silentLogger);
  const usct = (await loadUseCases()).find(({ manifest }) => manifest.id === 'usct');
  const step = usct === undefined ? undefined : loadScenario(usct, 'usct-demo').steps[0];
  if (step?.do !== 'open') throw new Error('the demo no longer begins with an application');
  application = step.input;
}, 60_000);
afterAll(async () => {
  await session.close();
  await rm(dataDir, { recursive: true, force: true });
});

const trainer = (): ReturnType<Session['as']> => session.as('trainer-yuki');
interface StateDump {
  readonly collections: StateExport;
}
const dump = (block: string): Promise<StateDump> => trainer().get<StateDump>(`/blocks/${block}/state/export`);

async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  for (let looks = 0; looks < 1_000; looks += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(20);
  }
  throw new Error(`no ${what} came up`);
}

/** What a command prints, with its exit code. */
async function printed(
  run: (options: { url: string; json: true }) => Promise<void>,
): Promise<{ said: JsonObject; exit: unknown }> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await run({ url: session.sandbox.origin, json: true });
    return { said: JSON.parse(lines.join('')) as JsonObject, exit: process.exitCode };
  } finally {
    write.mockRestore();
    process.exitCode = before;
  }
}

describe('the seeds', () => {
  it('are the same people with the same ids after each reset', async () => {
    for (const block of blockIds) {
      const before = await dump(block);
      await trainer().post(`/blocks/${block}/state/reset`);
      const after = await dump(block);
      const ids = ({ collections }: StateDump): string[] =>
        Object.entries(collections).flatMap(([name, docs]) =>
          docs.map((doc) => `${name} ${JSON.stringify([doc['_id'], doc['uuid']])}`),
        );
      expect(ids(after)).toEqual(ids(before));
    }
  }, 60_000);

  it('fit the block’s own checks, so that each block takes back what it gave', async () => {
    for (const block of blockIds) {
      const before = await dump(block);
      await trainer().post(`/blocks/${block}/state/import`, before);
      expect(await dump(block)).toEqual(before);
    }
  }, 60_000);

  it('are the same persons in each block', async () => {
    const registries = (await dump('digital-registries')).collections['records'] ?? [];
    const persons = (await dump('identity')).collections['persons'] ?? [];
    const contentOf = (id: string): JsonObject =>
      registries.find((doc) => doc['_id'] === `population/1.0/${id}`)?.['content'] as JsonObject;
    expect(persons.length).toBeGreaterThanOrEqual(4);
    for (const { _id, claims } of persons) {
      const { given_name, family_name } = claims as JsonObject;
      expect([contentOf(textOf(_id)).firstName, contentOf(textOf(_id)).lastName]).toEqual([
        given_name,
        family_name,
      ]);
    }
  });
});

describe('an access right', () => {
  it('that is revoked faults the run that needs it and names itself, and people see who read about them', async () => {
    const id = 'SANDBOX.GOV.MSW.USCT~SANDBOX.GOV.MOF.TAX.tax';
    const opened = (
      await session
        .as('amina')
        .post<{ case: Case }>('/cases', { useCase: 'usct', kind: 'application', input: application })
    ).case;
    expect(
      (await printed((options) => revokeRight('tax', { ...options, why: 'To see what happens' }))).said,
    ).toMatchObject({
      right: { id, state: 'revoked', why: 'To see what happens' },
    });
    const task = await until(
      async () =>
        (await trainer().get<TasksAnswer>(`/tasks?case=${opened.id}&state=open`)).tasks.find(
          ({ name }) => name === 'askConsent',
        ),
      'task',
    );
    await session.as('amina').post(`/tasks/${task.id}/complete`, { data: { decision: 'granted' } });
    const troubled = await until(async () => {
      const found = await trainer().get<{ case: Case; runs: readonly Run[] }>(`/cases/${opened.id}`);
      const faulted = found.runs.some(({ status }) => status === 'faulted');
      return found.case.trouble !== undefined && faulted ? found : undefined;
    }, 'trouble');
    expect(troubled.case.trouble).toContain(`sandbox rights grant ${id}`);
    expect(troubled.case.trouble).toContain('[Server.ServerProxy.AccessDenied]');
    expect(troubled.runs.find(({ status }) => status === 'faulted')?.error).toMatchObject({
      status: 403,
      detail: troubled.case.trouble,
    });

    const { consents } = await session
      .as('amina')
      .get<{ consents: readonly PersonConsent[] }>('/me/consents');
    expect(consents).toEqual([
      expect.objectContaining({
        agreement: 'usct-verification',
        controller: expect.stringContaining('Ministry'),
        fields: expect.arrayContaining(['birthDate', 'monthlyIncome']),
        useCase: 'usct',
        grantedAt: expect.any(String),
        expiresAt: expect.any(String),
      }),
    ]);
    // The right to the tax registry was taken away above: a consent alone opens no door.
    expect(consents[0]?.services).toContain('Population registry');
    expect(consents[0]?.services).not.toContain('Tax registry');
    expect(
      (await session.as('tomas').get<{ consents: readonly unknown[] }>('/me/consents')).consents,
    ).toEqual([]);
    const { accesses } = await session
      .as('amina')
      .get<{ accesses: readonly PersonAccess[] }>('/me/accesses?limit=200');
    expect(accesses.find(({ serviceTitle }) => serviceTitle === 'Tax registry')).toMatchObject({
      outcome: 'refused',
      fields: ['monthlyIncome'],
      clientTitle: expect.stringContaining('cash transfer'),
      case: { number: opened.number },
      step: 'verification',
    });
    expect(
      accesses.find(
        ({ serviceTitle, outcome }) => serviceTitle === 'Population registry' && outcome === 'answered',
      ),
    ).toMatchObject({
      fields: ['firstName', 'lastName', 'birthDate'],
      basis: { kind: 'consent', agreement: 'usct-verification' },
    });
    expect(accesses.map(({ seq }) => seq)).toEqual([...accesses.map(({ seq }) => seq)].sort((a, b) => b - a));
    expect(accesses.filter(({ basis }) => basis?.kind === 'not-personal')).toEqual([]);
    expect(JSON.stringify(accesses)).not.toMatch(/2001000017|1988-03-14/);
    const paged = await session
      .as('amina')
      .get<{ accesses: readonly PersonAccess[]; next: string }>('/me/accesses?limit=2');
    const second = await session
      .as('amina')
      .get<{ accesses: readonly PersonAccess[] }>(`/me/accesses?limit=2&after=${paged.next}`);
    expect([...paged.accesses, ...second.accesses]).toEqual(accesses.slice(0, 4));

    expect(await session.as('tomas').get('/me/accesses')).toEqual({ accesses: [] });
    await expect(session.as('tomas').get('/me/accesses?person=person-amina')).rejects.toMatchObject({
      status: 403,
    });
    await expect(session.as('case-officer-lin').get('/me/accesses')).rejects.toBeInstanceOf(ApiRefusal);
    expect(
      await session.as('case-officer-lin').get('/me/accesses?person=person-amina&limit=200'),
    ).toMatchObject({ accesses });

    expect((await printed((options) => grantRight(id, options))).said).toMatchObject({
      right: { state: 'held' },
    });
    expect(
      ((await printed(listRights)).said['rights'] as readonly JsonObject[]).every(
        ({ state: now }) => now === 'held',
      ),
    ).toBe(true);
    for (const run of troubled.runs.filter(({ status }) => status === 'faulted'))
      await trainer().post(`/runs/${run.id}/resume`);
    await until(async () => {
      const { case: now } = await trainer().get<{ case: Case }>(`/cases/${opened.id}`);
      return now.history.some(({ state: reached }) => reached === 'assessed') ? now : undefined;
    }, 'assessment');
  }, 60_000);

  it('leaves a trace in the log, and no trace of persons', async () => {
    const file = join(dataDir, 'log.json');
    expect(await printed((options) => verify({ ...options, export: file }))).toMatchObject({
      said: { holds: true },
      exit: 0,
    });
    const text = await readFile(file, 'utf8');
    expect(text).toContain('"subject":');
    expect(text).not.toContain('2001000017');
    expect(await printed((options) => verify({ ...options, file }))).toMatchObject({
      said: { holds: true },
      exit: 0,
    });
    await writeFile(file, text.replace('"outcome":"refused"', '"outcome":"answered"'));
    const broken = await printed((options) => verify({ ...options, file }));
    expect(broken).toMatchObject({ said: { holds: false, record: expect.any(Number) }, exit: 1 });
  });
});
