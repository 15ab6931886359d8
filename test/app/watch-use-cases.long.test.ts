import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../app/config.js';
import { startSandbox, type Sandbox } from '../../app/sandbox.js';
import type { UseCaseNews } from '../../app/watch-use-cases.js';
import { createAccess, type Access } from '../../cli/access.js';
import { freePort } from '../../cli/free-port.js';
import { pause } from '../../cli/real-clock.js';
import { newsLine } from '../../cli/use-case-news.js';
import type { Case } from '../../contracts/case.js';
import { silentLogger } from '../../contracts/logger.js';
import type { Run } from '../../contracts/run.js';

const source = fileURLToPath(new URL('../../usecases/usct', import.meta.url));
let folder: string;
let dataDir: string;
let sandbox: Sandbox;
let access: Access;
const news: UseCaseNews[] = [];

const start = async (): Promise<void> => {
  sandbox = await startSandbox({
    config: readConfig({}, { port: await freePort(), dataDir }),
    logger: silentLogger,
    useCaseFolder: folder,
    watch: (one) => news.push(one),
  });
  access = createAccess({ origin: sandbox.origin });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usecases-'));
  dataDir = await mkdtemp(join(tmpdir(), 'watch-'));
  await cp(source, join(folder, 'usct'), { recursive: true });
  await start();
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
});

const inUseCase = (path: string): string => join(folder, 'usct', path);
const trainer = (): ReturnType<Access['as']> => access.as('trainer-yuki');

async function change(path: string, from: string, to: string): Promise<UseCaseNews> {
  const text = await readFile(inUseCase(path), 'utf8');
  expect(text).toContain(from);
  return save(path, text.replace(from, to));
}

async function save(path: string, text: string): Promise<UseCaseNews> {
  const before = news.length;
  await writeFile(inUseCase(path), text);
  return nextNews(before);
}

async function nextNews(before: number): Promise<UseCaseNews> {
  for (let looks = 0; looks < 1000; looks += 1) {
    const found = news[before];
    if (found !== undefined) return found;
    await pause(20);
  }
  throw new Error('Nothing was said about the change');
}

interface Versions {
  readonly versions: readonly {
    readonly version: string;
    readonly revisions: readonly { digest: string; loaded: boolean; runs: number; running: number }[];
  }[];
}
const revisions = async (): Promise<Versions['versions'][number]['revisions']> => {
  const { versions } = await trainer().get<Versions>('/use-cases/usct/workflows/grievance');
  return versions.flatMap((one) => one.revisions);
};
const title = async (): Promise<string> =>
  (await trainer().get<{ useCases: { title: string }[] }>('/use-cases')).useCases[0]!.title;

async function complain(): Promise<Run> {
  const body = {
    useCase: 'usct',
    workflow: 'grievance',
    input: { about: 'payment', text: 'It came late.' },
  };
  const { runId } = await trainer().post<{ case: Case; runId: string }>('/runs', body);
  for (let looks = 0; looks < 1000; looks += 1) {
    const { run } = await trainer().get<{ run: Run }>(`/runs/${runId}`);
    if (run.status === 'waiting') return run;
    await pause(20);
  }
  throw new Error('The grievance never waited for its officer');
}

describe('a sandbox that watches its use cases', () => {
  let first: Run;

  it('takes a changed manifest over at once', async () => {
    const said = await change('use-case.yaml', 'title: ', 'title: "Changed: "  # ');
    expect(said).toEqual({ kind: 'loaded', id: 'usct', restart: [] });
    expect(await title()).toBe('Changed: ');
    expect(newsLine(said)).toContain('Loaded usct');
  }, 30_000);

  it('gives a changed workflow to new runs, and leaves running ones on theirs', async () => {
    first = await complain();
    const said = await change('workflows/grievance.yaml', 'title: ', 'title: Changed ');
    expect(said.kind).toBe('loaded');
    const second = await complain();
    expect(second.digest).not.toBe(first.digest);
    expect(second.workflow).toEqual(first.workflow);
    expect((await trainer().get<{ run: Run }>(`/runs/${first.id}`)).run.digest).toBe(first.digest);
    expect(await revisions()).toEqual([
      expect.objectContaining({ digest: first.digest, loaded: false, runs: 1, running: 1 }),
      expect.objectContaining({ digest: second.digest, loaded: true, runs: 1, running: 1 }),
    ]);
  }, 30_000);

  it('keeps what was loaded when a file is not valid, says where, and takes it once it is mended', async () => {
    const path = 'workflows/grievance.yaml';
    const good = await readFile(inUseCase(path), 'utf8');
    const before = await revisions();
    const said = await save(path, good.replace('do:', 'todo:'));
    expect(said).toMatchObject({ kind: 'invalid', id: 'usct', error: { code: 'GSB-DEF-001' } });
    expect(newsLine(said)).toMatch(/Not loaded usct[^]*usct\/workflows\/grievance\.yaml:\d+[^]*GSB-DEF-001/);
    expect((await save(path, 'do: [')).kind).toBe('invalid');
    expect(await revisions()).toEqual(before);
    expect((await save(path, good)).kind).toBe('loaded');
    expect(await revisions()).toEqual(before);
  }, 30_000);

  it('keeps what was loaded when validation finds an error that loading does not', async () => {
    const path = 'workflows/change-of-circumstances.yaml';
    const good = await readFile(inUseCase(path), 'utf8');
    const said = await save(path, good.replace('operationId: update', 'operationId: updaet'));
    expect(newsLine(said)).toMatch(/Not loaded usct[^]*change-of-circumstances\.yaml:\d+:\d+: .*updaet/);
    expect((await save(path, good)).kind).toBe('loaded');
  }, 30_000);

  it('says that seeds wait for a reset', async () => {
    const said = await change('seeds/registries.yaml', 'lastName: Haddad', 'lastName: Changed');
    expect(said).toMatchObject({ kind: 'loaded', restart: [], reset: true });
    expect(newsLine(said)).toContain('Seeds: when a workspace is reset');
  }, 30_000);

  it('says what takes effect at the next start only', async () => {
    const said = await change('personas.yaml', 'name: Amina Haddad', 'name: Amina Changed');
    expect(said).toEqual({ kind: 'loaded', id: 'usct', restart: ['personas'] });
    expect(newsLine(said)).toContain('At the next start only: personas');
  }, 30_000);

  it('loads a use case that is added', async () => {
    const before = news.length;
    await cp(source, join(folder, 'other'), { recursive: true });
    // As it stands it names another folder: it is refused, and mended.
    expect((await nextNews(before)).kind).toBe('invalid');
    await rm(join(folder, 'other'), { recursive: true });
    expect(await nextNews(before + 1)).toEqual({ kind: 'gone', id: 'other' });
  }, 30_000);

  it('goes on with a run whose workflow is gone, also after a restart', async () => {
    const manifest = await readFile(inUseCase('use-case.yaml'), 'utf8');
    expect(manifest).toContain('grievance');
    await sandbox.close();
    // A version of its own, under which the old one is not to be found any more.
    const path = inUseCase('workflows/grievance.yaml');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/version: '1\.0\.0'/, "version: '2.0.0'"));
    await start();
    const { tasks } = await trainer().get<{ tasks: { id: string; runId: string; form: string }[] }>(
      '/tasks?state=open',
    );
    const task = tasks.find(({ runId }) => runId === first.id);
    expect(task).toBeDefined();
    await access
      .as('case-officer-lin')
      .post(`/tasks/${task!.id}/complete`, { data: { decision: 'resolve', answer: 'We are sorry.' } });
    for (let looks = 0; looks < 1000; looks += 1) {
      const { run } = await trainer().get<{ run: Run }>(`/runs/${first.id}`);
      if (run.endedAt !== undefined) {
        expect(run).toMatchObject({ status: 'completed', digest: first.digest });
        return;
      }
      await pause(20);
    }
    throw new Error('The run did not go on');
  }, 60_000);
});
