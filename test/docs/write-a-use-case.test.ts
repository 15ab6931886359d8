import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readConfig } from '../../app/config.js';
import { readUseCases } from '../../app/read-use-cases.js';
import { createValidator } from '../../app/validation/validation.js';
import { freePort } from '../../cli/free-port.js';
import { loadScenario } from '../../cli/load-scenario.js';
import { scaffold } from '../../cli/new/scaffold.js';
import { playScenario } from '../../cli/scenario/play.js';
import { openSession, trainerOf } from '../../cli/session.js';
import { silentLogger } from '../../contracts/logger.js';
import { editsIn } from './tutorial-edits.js';

const ID = 'construction-permit';
const page = readFileSync(resolve(import.meta.dirname, '../../docs/tutorials/write-a-use-case.md'), 'utf8');
const edits = editsIn(page);

let files: Map<string, string>;
let folder: string;
beforeAll(async () => {
  files = new Map(await scaffold(ID, 'Construction permit (training)'));
  for (const { file, text } of edits) files.set(file, text);
  folder = await mkdtemp(join(tmpdir(), 'tutorial-'));
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, ID, path)), { recursive: true });
    await writeFile(join(folder, ID, path), text);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the tutorial on writing a use case', () => {
  it('names each file in its prose, and has no box that belongs to none', () => {
    expect(edits.length).toBeGreaterThanOrEqual(11);
    expect(edits.length).toBe([...page.matchAll(/```yaml/g)].length);
    for (const { file } of edits) expect(page).toContain(`**\`${file}\`**`);
  });

  it('leads to a use case without errors or warnings', async () => {
    expect((await createValidator()).useCase(ID, files).diagnostics).toEqual([]);
  });

  it('is told by validate, after the manifest, what the other files owe it', async () => {
    const begun = new Map(await scaffold(ID, 'Construction permit (training)'));
    begun.set('use-case.yaml', edits[0]!.text);
    const { valid, diagnostics } = (await createValidator()).useCase(ID, begun);
    expect(valid).toBe(false);
    expect(diagnostics.map(({ file }) => file)).toEqual(
      expect.arrayContaining([expect.stringContaining('locales/en.yaml')]),
    );
  });

  it('shows what validate says about its mistake on purpose', async () => {
    const wrong = new Map(files);
    const path = 'workflows/request.yaml';
    wrong.set(
      path,
      (files.get(path) ?? '').replace('operationId: sendSingleSms', 'operationId: sendSingleSsm'),
    );
    const { valid, diagnostics } = (await createValidator()).useCase(ID, wrong);
    expect(valid).toBe(false);
    expect(diagnostics.map(({ what, fix }) => `${what} ${fix}`).join('\n')).toContain('sendSingleSsm');
    expect(diagnostics.map(({ what, why, fix }) => `${what} ${why} ${fix}`).join('\n')).toContain(
      'sendSingleSms',
    );
  });

  it('has scenarios that hold', async () => {
    const [useCase] = await readUseCases(folder);
    const dataDir = await mkdtemp(join(tmpdir(), 'tutorial-data-'));
    const session = await openSession(
      readConfig({}, { port: await freePort(), dataDir }),
      silentLogger,
      folder,
    );
    try {
      const trainer = trainerOf(useCase!.personas);
      const endings: unknown[] = [];
      for (const name of ['first-request', 'unfit']) {
        const scenario = loadScenario(useCase!, name);
        const cases = await playScenario({
          scenario,
          manifest: useCase!.manifest,
          as: (persona) => session.as(persona),
          trainer,
          pause: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
          now: () => performance.now(),
          onStep: () => undefined,
          occasion: scenario.name,
        });
        const { case: ended } = await session
          .as(trainer)
          .get<{ case: { state: string } }>(`/cases/${cases.get('request')?.id ?? ''}`);
        endings.push([name, ended.state]);
      }
      expect(endings).toEqual([
        ['first-request', 'issued'],
        ['unfit', 'refused'],
      ]);
    } finally {
      await session.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 120_000);
});
