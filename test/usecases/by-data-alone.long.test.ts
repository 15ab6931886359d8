import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { readConfig } from '../../app/config.js';
import { projectUseCases, readUseCases } from '../../app/read-use-cases.js';
import { demoOf } from '../../cli/demo-of.js';
import { freePort } from '../../cli/free-port.js';
import { loadScenario } from '../../cli/load-scenario.js';
import { pause } from '../../cli/real-clock.js';
import { playScenario } from '../../cli/scenario/play.js';
import { openSession, trainerOf, type Session } from '../../cli/session.js';
import type { Case } from '../../contracts/case.js';
import { silentLogger } from '../../contracts/logger.js';

/** The second sector, and what speaks of it elsewhere in the data: a scenario that is played by both. */
const SECOND = 'hltc-1';
const SPEAKS_OF_IT = 'usct/scenarios/a-birth-is-heard-of.yaml';

const project = projectUseCases();
let root: string;
let folder: string;
let session: Session;
const closing: (() => Promise<void>)[] = [];

/** The code is what this process has loaded, before and after. */
async function start(): Promise<Session> {
  const config = readConfig({}, { port: await freePort(), dataDir: join(root, 'data') });
  const opened = await openSession(config, silentLogger, folder);
  closing.push(() => opened.close());
  return opened;
}

async function stop(): Promise<void> {
  for (const close of closing.splice(0)) await close();
}

async function play(id: string, name?: string): Promise<ReadonlyMap<string, Case>> {
  const useCase = (await readUseCases(folder)).find(({ manifest }) => manifest.id === id)!;
  const trainer = trainerOf(useCase.personas);
  const saved = await playScenario({
    scenario: loadScenario(useCase, name),
    manifest: useCase.manifest,
    as: (persona) => session.as(persona),
    trainer,
    pause,
    now: () => performance.now(),
    onStep: () => undefined,
    occasion: `${id}-${name ?? 'demo'}`,
  });
  await session.as(trainer).post('/reset');
  return saved;
}

const served = async (): Promise<readonly string[]> => {
  const { useCases } = await session.as('amina').get<{ useCases: { id: string }[] }>('/use-cases');
  return useCases.map(({ id }) => id).sort();
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'by-data-alone-'));
  folder = join(root, 'usecases');
  await cp(project, folder, {
    recursive: true,
    filter: (path) => ![SECOND, SPEAKS_OF_IT].some((part) => path === join(project, part)),
  });
  session = await start();
}, 300_000);
afterAll(async () => {
  await stop();
  await rm(root, { recursive: true, force: true });
});

describe('a second sector', () => {
  it('is not there, and nothing misses it: the first plays its demo', async () => {
    expect(await served()).toEqual(['usct']);
    expect(demoOf(await readUseCases(folder)).useCase.manifest.id).toBe('usct');
    expect((await play('usct')).size).toBeGreaterThan(0);
  }, 600_000);

  it('is a folder of data: documents and tables, no code', async () => {
    const entries = await readdir(join(project, SECOND), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((name) => !/\.(yaml|md|csv)$/.test(name))).toEqual([]);
  });

  it('comes by laying that folder beside the first, and plays its demo', async () => {
    await stop();
    await cp(join(project, SECOND), join(folder, SECOND), { recursive: true });
    session = await start();
    await session.as('trainer-yuki').post('/reset');
    expect(await served()).toEqual([SECOND, 'usct']);
    expect((await play(SECOND)).size).toBeGreaterThan(0);
  }, 600_000);

  it('reaches across to the first: a birth there changes what a household gets here', async () => {
    const cases = await play(SECOND, 'birth-crosses-sectors');
    expect([...cases.values()].map(({ useCase }) => useCase)).toEqual(
      expect.arrayContaining([SECOND, 'usct']),
    );
  }, 600_000);

  it('leaves the first as it was, and is spoken of there in one scenario only', async () => {
    expect((await play('usct')).size).toBeGreaterThan(0);
    const entries = await readdir(project, { recursive: true, withFileTypes: true });
    const speaking: string[] = [];
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name);
      if ((await readFile(path, 'utf8')).includes(SECOND))
        speaking.push(relative(project, path).replaceAll('\\', '/'));
    }
    expect(speaking.filter((path) => !path.startsWith(`${SECOND}/`))).toEqual([SPEAKS_OF_IT]);
  }, 600_000);
});
