import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCountries } from '../../app/read-countries.js';
import { loadUseCases, projectUseCases } from '../../app/read-use-cases.js';
import type { ApiClient } from '../../cli/api-client.js';
import type { Case } from '../../contracts/case.js';
import type { CountryView } from '../../contracts/country.js';
import type { WorkspaceView } from '../../contracts/workspace.js';
import { homeWords, wordsLeft } from '../usecases/home-words.js';
import { refusalOf, startWorkspacesBench, type WorkspacesBench } from './workspaces-bench.js';

const [home, lakes] = await readCountries(projectUseCases());
if (home === undefined || lakes === undefined) throw new Error('Two countries are needed');
const words = homeWords(await loadUseCases(), [home, lakes]);

let bench: WorkspacesBench;
let workspace: WorkspaceView;
beforeAll(async () => {
  bench = await startWorkspacesBench({});
  ({ workspace } = await trainerIn().post<{ workspace: WorkspaceView }>('/workspaces', {
    title: 'Elsewhere',
    country: 'lakes',
  }));
}, 60_000);
afterAll(() => bench.close());

function trainerIn(of?: Pick<WorkspaceView, 'id'>): ApiClient {
  return bench.in(of?.id).as('trainer-yuki');
}
const countries = (of?: Pick<WorkspaceView, 'id'>): Promise<{ current: string; countries: CountryView[] }> =>
  trainerIn(of).get('/countries');

describe('a workspace in another country', () => {
  it('is made in it, speaks its language, and leaves the others where they are', async () => {
    expect(workspace).toMatchObject({ country: 'lakes', locale: 'fr' });
    const here = await countries(workspace);
    expect(here.current).toBe('lakes');
    expect(here.countries.map(({ id, currency }) => [id, currency])).toEqual([
      ['default', 'USD'],
      ['lakes', 'XOF'],
    ]);
    expect((await countries()).current).toBe('default');
  });

  it('refuses a country that there is not, and names those that there are', async () => {
    const made = await refusalOf(trainerIn().post('/workspaces', { title: 'Nowhere', country: 'nowhere' }));
    expect(made).toMatchObject({ code: 'GSB-REQ-001' });
    expect(made.message).toContain('default, lakes');
    expect(await refusalOf(trainerIn(workspace).post('/reset', { country: 'nowhere' }))).toMatchObject({
      code: 'GSB-REQ-001',
    });
  });

  it('plays a whole case, and says no word of the default country wherever a page asks', async () => {
    const trainer = trainerIn(workspace);
    const answers = new Map<string, unknown>();
    const look = async (path: string, as: ApiClient = trainer): Promise<void> => {
      answers.set(path, await as.get(path));
    };
    const { cases } = await trainer.post<{ cases: Record<string, string> }>(
      '/use-cases/usct/scenarios/usct-demo/play',
      { to: 9 },
    );
    const application = cases['application'] ?? '';
    const found = await trainer.get<{ case: Case; runs: readonly { id: string }[] }>(`/cases/${application}`);
    expect(found.case.facts).toMatchObject({ currency: 'XOF', cycleAmount: 214 });
    for (const path of [
      '/use-cases',
      '/use-cases/usct',
      '/use-cases/hltc-1',
      '/personas',
      '/cases',
      '/messages',
    ])
      await look(path);
    for (const path of ['/ledger', '/blocks', '/clock', '/runs', '/callbacks', '/message-log'])
      await look(path);
    for (const { id } of found.runs)
      for (const what of ['', '/events', '/exchanges', '/workflow']) await look(`/runs/${id}${what}`);
    for (const id of Object.values(cases))
      for (const path of [`/cases/${id}`, `/cases/${id}/export?payloads=true`, `/tasks?case=${id}`])
        await look(path);
    await look('/use-cases/usct/workflows/application/document');
    const { blocks } = await trainer.get<{ blocks: readonly { id: string }[] }>('/blocks');
    for (const { id } of blocks) {
      const state = await trainer.get<{ collections: readonly { name: string }[] }>(`/blocks/${id}/state`);
      answers.set(`${id} state`, state);
      for (const { name } of state.collections) await look(`/blocks/${id}/state/${name}?limit=200`);
      await look(`/blocks/${id}/journal`);
    }
    const citizen = bench.in(workspace.id).as('amina');
    for (const path of ['/me/messages', '/me/payments', '/me/accesses']) await look(path, citizen);

    expect([...answers.keys()].filter((path) => path.includes('/state/')).length).toBeGreaterThan(20);
    const texts = [...answers].map(([path, answer]) => [path, JSON.stringify(answer)] as const);
    expect(
      texts.flatMap(([path, text]) => wordsLeft(text, words, home).map((left) => `${path} ${left}`)),
    ).toEqual([]);
    // What was asked for is there, in the words of this country.
    const all = texts.map(([, text]) => text).join('\n');
    for (const word of ['Awa', 'Ndoye', 'XOF', '+9995550101', 'RECEIPT']) expect(all).toContain(word);
  }, 90_000);

  it('keeps its country over a restart, in snapshots and in files', async () => {
    await bench.restart();
    const trainer = trainerIn();
    const path = `/workspaces/${workspace.id}`;
    expect((await countries(workspace)).current).toBe('lakes');
    await trainer.post(`${path}/snapshots`, { name: 'in-the-lakes' });
    const file = await (
      await fetch(`${bench.sandbox().origin}/api/v1${path}/export?payloads=true`, {
        headers: { authorization: `Bearer ${await bench.in().tokenOf('trainer-yuki')}` },
      })
    ).arrayBuffer();

    await trainer.post(`${path}/reset`, { country: 'default' });
    expect(await names(workspace)).toContain('Amina Haddad');
    const after = await trainer.get<{ workspace: WorkspaceView }>(path);
    expect(after.workspace).toMatchObject({ country: 'default', locale: 'en' });

    await trainer.post(`${path}/snapshots/in-the-lakes/restore`);
    expect(await names(workspace)).toContain('Awa Ndoye');

    const imported = await fetch(`${bench.sandbox().origin}/api/v1/workspaces/import`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await bench.in().tokenOf('trainer-yuki')}`,
        'content-type': 'application/gzip',
      },
      body: file,
    });
    const made = (await imported.json()) as { workspace: WorkspaceView };
    expect(made.workspace).toMatchObject({ country: 'lakes', locale: 'fr' });
    expect(await names(made.workspace)).toContain('Awa Ndoye');
  }, 60_000);

  it('begins anew in another country when it is reset there, and stays when nothing is said', async () => {
    const trainer = trainerIn();
    await trainer.post('/reset', { country: 'lakes', locale: 'ar' });
    expect(await names()).toContain('Awa Ndoye');
    expect(await seededNames()).toContain('Awa');
    await trainer.post('/reset');
    expect((await countries()).current).toBe('lakes');
    await trainer.post('/reset', { country: 'default' });
    expect(await seededNames()).toContain('Amina');
    expect(await refusalOf(trainer.post('/reset', { land: 'lakes' }))).toMatchObject({ code: 'GSB-REQ-001' });
  }, 60_000);
});

async function names(of?: Pick<WorkspaceView, 'id'>): Promise<readonly string[]> {
  const { personas } = await trainerIn(of).get<{ personas: readonly { name: string }[] }>('/personas');
  return personas.map(({ name }) => name);
}

async function seededNames(): Promise<string> {
  return JSON.stringify(await trainerIn().get('/blocks/identity/state/persons?limit=50'));
}
