import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../app/config.js';
import { readUseCases } from '../../app/read-use-cases.js';
import { createValidator } from '../../app/validation/validation.js';
import { createUseCase } from '../../cli/commands/new.js';
import { freePort } from '../../cli/free-port.js';
import { loadScenario } from '../../cli/load-scenario.js';
import { scaffold } from '../../cli/new/scaffold.js';
import { playScenario } from '../../cli/scenario/play.js';
import { openSession, trainerOf } from '../../cli/session.js';
import { silentLogger } from '../../contracts/logger.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'new-use-case-'));
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

describe('sandbox new', () => {
  it.each([
    ['market-permit', 'Market permit'],
    ['a', 'L\'année 2030: "quoted" {{id}} # no comment'],
    ['a-use-case-with-a-very-long-name-of-40-ch', 'Longest'],
  ])('writes a use case without errors or warnings: %s', async (id, title) => {
    const { diagnostics } = (await createValidator()).useCase(id, await scaffold(id, title));
    expect(diagnostics).toEqual([]);
  });

  it('says in everything that people see that it is training', async () => {
    const files = await scaffold('market-permit', 'Market permit');
    for (const path of [
      'README.md',
      'use-case.yaml',
      'locales/en.yaml',
      'workflows/request.yaml',
      'forms/request.yaml',
    ])
      expect([path, files.get(path)]).toEqual([path, expect.stringMatching(/training/i)]);
    expect(files.get('locales/fr.yaml')).toMatch(/formation/i);
    expect([...files.values()].join('')).not.toMatch(/\{\{/);
  });

  it('writes use cases whose scenario is green, two of them beside each other', async () => {
    await createUseCase('market-permit', { dir: folder });
    await createUseCase('dog-licence', { dir: folder, title: "The dog's licence" });
    const useCases = await readUseCases(folder);
    expect(useCases.map(({ manifest }) => manifest.title)).toEqual([
      "The dog's licence",
      'Market permit (training)',
    ]);
    const dataDir = await mkdtemp(join(tmpdir(), 'new-use-case-data-'));
    const config = readConfig({}, { port: await freePort(), dataDir });
    const session = await openSession(config, silentLogger, folder);
    try {
      for (const useCase of useCases) {
        const trainer = trainerOf(useCase.personas);
        const cases = await playScenario({
          scenario: loadScenario(useCase),
          manifest: useCase.manifest,
          as: (persona) => session.as(persona),
          trainer,
          pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
          now: () => performance.now(),
          onStep: () => undefined,
          occasion: 'first',
        });
        expect(cases.get('request')?.useCase).toBe(useCase.manifest.id);
        await session.as(trainer).post('/reset');
      }
    } finally {
      await session.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 120_000);

  it('refuses a folder that exists, and changes nothing in it', async () => {
    await createUseCase('market-permit', { dir: folder });
    const before = await readFile(join(folder, 'market-permit/use-case.yaml'), 'utf8');
    await expect(createUseCase('market-permit', { dir: folder, title: 'Other' })).rejects.toMatchObject({
      code: 'GSB-REQ-003',
      detail: expect.stringContaining('exists already'),
    });
    expect(await readFile(join(folder, 'market-permit/use-case.yaml'), 'utf8')).toBe(before);
  });

  it.each(['', 'Market', '../up', 'a_b', 'a--b', '-a', '1a', 'a/b', 'x'.repeat(41)])(
    'refuses the id "%s"',
    async (id) => {
      await expect(createUseCase(id, { dir: folder })).rejects.toMatchObject({ code: 'GSB-REQ-001' });
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it.each(['', 'two\nlines', 'x'.repeat(81)])('refuses the title %j', async (title) => {
    await expect(createUseCase('a', { dir: folder, title })).rejects.toMatchObject({ code: 'GSB-REQ-001' });
  });
});
