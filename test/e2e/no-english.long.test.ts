import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { loadUseCases } from '../../app/read-use-cases.js';
import { blockIds } from '../../contracts/block.js';
import { isJsonObject, type Json } from '../../contracts/json.js';
import { problems } from '../../contracts/problems.js';
import { openPerson } from './browser.js';
import { inBrowser, openStage, type Stage } from './stage.js';

/** Every page of the console, with a case that was played and a run that is parked: nothing of it is said in English. */
jest.setTimeout(600_000);

/** Data as it is kept, messages in the language of whoever got them, names of software. */
const asItIs = 'code,pre,kbd,.state-document,.chain-pairs,.letter,.bubble,.bubble-sms,.tale-bubble';
/** How English calls itself, and what somebody called a workspace. */
const named = ['English', 'Default workspace'];

const textsIn = (value: Json | undefined): readonly string[] =>
  typeof value === 'string' ? [value] : isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];

/** Sentences of the project in English: two words at least, as one may be the same in another language. */
async function englishSentences(): Promise<readonly string[]> {
  const own = JSON.parse(
    await readFile(new URL('../../console/locales/en.json', import.meta.url), 'utf8'),
  ) as Json;
  const useCases = await loadUseCases();
  return [
    ...textsIn(own),
    ...Object.values(problems).flatMap(({ title, fix }) => [title, fix]),
    ...useCases.flatMap(({ manifest, locales, workflows, scenarios, personas }) => [
      ...textsIn(locales['en'] ?? {}),
      ...[manifest.title, manifest.summary, ...manifest.actors.map(({ description }) => description)],
      ...workflows.map(({ document }) => document.title ?? ''),
      ...Object.values(scenarios).map((scenario) => (scenario as { title: string }).title),
      ...personas.flatMap(({ title, story }) => [title, story]),
    ]),
  ].filter((text) => text.trim().includes(' '));
}

/**
 * Looks until nothing on the page is English, for as long as texts may be on their way. What is left comes back: words
 * that the page itself calls English, and sentences that are.
 */
const look = (sentences: readonly string[], patienceMs: number): string => `(async () => {
  const sentences = new Set(${JSON.stringify(sentences)});
  const asItIs = ${JSON.stringify(asItIs)};
  const named = ${JSON.stringify(named)};
  const english = () => {
    const found = [];
    const meet = (element, text) => {
      const said = text.trim().replace(/\\s+/g, ' ');
      if (!/[A-Za-z]{2}/.test(said) || element.closest(asItIs) || named.includes(said)) return;
      if (element.closest('[lang]').lang === 'en' || sentences.has(said)) found.push(said);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (node.parentElement.closest('script,style,noscript,textarea') === null) meet(node.parentElement, node.data);
    for (const element of document.querySelectorAll('[aria-label],[title],[placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) meet(element, element.getAttribute(name) ?? '');
    return found;
  };
  for (const until = Date.now() + ${patienceMs}; ; ) {
    for (const one of document.querySelectorAll('details')) one.open = true;
    await new Promise(requestAnimationFrame);
    const found = english();
    if (found.length === 0 || Date.now() > until) return [...new Set(found)];
    await new Promise((go) => setTimeout(go, 50));
  }
})()`;

inBrowser('the console in another language', () => {
  let stage: Stage;
  let sentences: readonly string[];
  let pages: Readonly<Record<string, readonly string[]>>;

  beforeAll(async () => {
    sentences = await englishSentences();
    stage = await openStage('no-english');
    const trainer = stage.session.as('trainer-yuki');
    const play = (scenario: string, from: number, to: number): Promise<{ cases: Record<string, string> }> =>
      trainer.post(`/use-cases/usct/scenarios/${scenario}/play`, { from, to });
    const { application = '', cycleOne = '' } = (await play('usct-demo', 0, 99)).cases;
    await trainer.post('/blocks/digital-registries/faults', { kind: 'outage' });
    // She applies, consents, and her run is parked.
    const { application: parked = '' } = (await play('block-down-for-good', 1, 4)).cases;
    const runsOf = async (id: string): Promise<readonly { id: string; status: string }[]> =>
      (await trainer.get<{ runs: { id: string; status: string }[] }>(`/cases/${id}`)).runs;
    const [done] = await runsOf(application);
    const stuck = (await runsOf(parked)).find(({ status }) => status === 'faulted');
    expect(stuck).toBeDefined();
    pages = {
      amina: ['/my', '/my/payments', '/my/messages', '/accesses', `/my/cases/${application}`],
      'case-officer-lin': ['/tasks', '/cases', `/cases/${application}`, '/cases/no-such-case'],
      'trainer-yuki': [
        ...['/', '/use-cases', '/use-cases/usct', '/use-cases/hltc-1', '/use-cases/inst-2', '/workspace'],
        ...['/runs', '/runs/file', '/messages', '/building-blocks', '/cases', '/tasks', '/present/usct'],
        ...blockIds.map((block) => `/building-blocks/${block}`),
        ...['', '/story', '/report'].map((part) => `/cases/${application}${part}`),
        ...['', '/story'].map((part) => `/cases/${parked}${part}`),
        ...[`/cases/${cycleOne}`, `/runs/${done?.id ?? ''}`, `/runs/${stuck?.id ?? ''}`],
      ],
    };
  });
  afterAll(() => stage.close());

  it('finds English where it is', async () => {
    const somebody = await openPerson(stage.browser, stage.origin, { language: 'en' });
    await somebody.page.goto(`${stage.origin}/use-cases/usct`);
    await somebody.page.locator('.scenario-list').waitFor();
    const found = await somebody.page.evaluate<readonly string[]>(look(sentences, 0));
    expect(found).toContain('From application to receipt');
    expect(found).toContain('Application for the cash transfer');
    await somebody.close();
  });

  it.each(['fr', 'ar'] as const)('says nothing in English: %s', async (language) => {
    const left: string[] = [];
    for (const [persona, paths] of Object.entries(pages)) {
      const acting = await openPerson(stage.browser, stage.origin, { language });
      await acting.signIn(persona);
      for (const path of paths) {
        await acting.page.goto(`${stage.origin}${path}`);
        await acting.page.locator('main :is(h1, h2, .note)').first().waitFor();
        await acting.page.locator('main .loading').first().waitFor({ state: 'detached' });
        const found = await acting.page.evaluate<readonly string[]>(look(sentences, 5_000));
        left.push(...found.map((text) => `${path}: ${text}`));
      }
      expect(acting.complaints).toEqual([]);
      await acting.close();
    }
    expect(left).toEqual([]);
  });
});
