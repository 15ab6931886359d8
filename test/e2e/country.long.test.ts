import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { readCountries } from '../../app/read-countries.js';
import { loadUseCases, projectUseCases } from '../../app/read-use-cases.js';
import { homeWords, wordsLeft } from '../usecases/home-words.js';
import { openPerson, type Look, type Person } from './browser.js';
import { inBrowser, openStage, type Stage } from './stage.js';

/** The whole console after somebody chose another country on its workspace page: no word of the first is on any page. */
jest.setTimeout(240_000);

const [home, lakes] = await readCountries(projectUseCases());
if (home === undefined || lakes === undefined) throw new Error('Two countries are needed');
const words = homeWords(await loadUseCases(), [home, lakes]);

inBrowser('the console in another country', () => {
  let stage: Stage;
  let cases: Readonly<Record<string, string>>;

  beforeAll(async () => {
    stage = await openStage('country-e2e');
    const trainer = await person('trainer-yuki');
    const { page } = trainer;
    await page.goto(`${stage.origin}/workspace`);
    await page.getByRole('button', { name: 'Choose: Land of lakes' }).click();
    await page.getByRole('button', { name: 'Yes, begin anew: Land of lakes' }).click();
    await page.getByText('The workspace is now here: Land of lakes.').waitFor();
    await page.getByText('Mika Sato').first().waitFor();
    expect(await trainer.flaws('workspace in the lakes')).toEqual([]);
    await trainer.close();
    ({ cases } = await stage.session
      .as('trainer-yuki')
      .post<{ cases: Record<string, string> }>('/use-cases/usct/scenarios/usct-demo/play', { to: 9 }));
  });
  afterAll(() => stage.close());

  async function person(persona: string, look?: Look): Promise<Person> {
    const one = await openPerson(stage.browser, stage.origin, look);
    await one.signIn(persona);
    return one;
  }

  it('offers the people of the other country where somebody signs in', async () => {
    const somebody = await openPerson(stage.browser, stage.origin);
    const { page } = somebody;
    await page.goto(`${stage.origin}/auth/login`);
    await page.locator('button[name="persona"]').first().waitFor();
    const text = await page.locator('body').innerText();
    expect(text).toContain('Awa Ndoye');
    expect(wordsLeft(text, words, home)).toEqual([]);
    await somebody.close();
  });

  it('is presented on a stage that is there, too, to the last slide', async () => {
    const trainer = await person('trainer-yuki');
    const { page } = trainer;
    await page.goto(`${stage.origin}/present/usct`);
    await page.locator('main .button-main').click();
    await page.waitForURL(/\/w\/[a-z0-9]+\/present\/usct/);
    await page.locator('main .button-main').click();
    await page.locator('.talk').waitFor({ timeout: 90_000 });
    await page.keyboard.press('n');
    const left: string[] = [];
    const seen: string[] = [];
    for (;;) {
      await page.locator('.talk-busy:empty').waitFor({ state: 'attached', timeout: 60_000 });
      await page.locator('.loading').waitFor({ state: 'detached' });
      const title = await page.locator('.talk h1').innerText();
      left.push(
        ...wordsLeft(await page.locator('body').innerText(), words, home).map((one) => `${title}: ${one}`),
      );
      seen.push(title);
      if (seen.length === 14) break;
      await page.keyboard.press('PageDown');
      await page.locator('.talk h1').filter({ hasNotText: title }).waitFor();
    }
    expect(left).toEqual([]);
    expect(seen).toContain('This is Awa');
    expect(seen).toHaveLength(14);
    await trainer.close();
  });

  const looks: readonly Look[] = [{}, { language: 'ar', width: 390 }];
  it.each(looks)('says nothing of the first: %j', async (look) => {
    const { application = '', cycleOne = '' } = cases;
    const pages = {
      amina: ['/my', '/my/payments', '/my/messages', '/accesses', `/my/cases/${application}`],
      'case-officer-lin': ['/tasks', '/cases', '/messages', `/cases/${application}`],
      'trainer-yuki': [
        '/',
        '/use-cases',
        '/use-cases/usct',
        '/use-cases/hltc-1',
        '/workspace',
        '/runs',
        '/building-blocks',
        '/building-blocks/identity',
        '/building-blocks/digital-registries',
        '/building-blocks/payments',
        '/building-blocks/messaging',
        `/cases/${application}/story`,
        `/cases/${application}/report`,
        `/cases/${cycleOne}`,
        '/present/usct',
      ],
    };
    const left: string[] = [];
    for (const [persona, paths] of Object.entries(pages)) {
      const acting = await person(persona, look);
      const { page } = acting;
      for (const path of paths) {
        await page.goto(`${stage.origin}${path}`);
        await page.locator('main h1, main h2').first().waitFor();
        await page.locator('.loading').waitFor({ state: 'detached' });
        // The header says who one is when it knows how they are called here.
        await page.locator('.persona-name strong:not(:empty)').waitFor();
        left.push(...(await acting.flaws(`country${path.replaceAll('/', '-')}`)));
        await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
        const text = await page.evaluate<string>(
          'document.title + " " + document.body.innerText + [...document.querySelectorAll("[aria-label],[title],[value]")].map((one) => " " + one.getAttribute("aria-label") + " " + one.title + " " + one.value).join("")',
        );
        expect(text.length).toBeGreaterThan(100);
        left.push(...wordsLeft(text, words, home).map((word) => `${path} ${word}`));
      }
      expect(acting.complaints).toEqual([]);
      await acting.close();
    }
    expect(left).toEqual([]);
  });
});
