import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { loadUseCases } from '../../app/project.js';
import { loadScenario } from '../../cli/load-scenario.js';
import { pause } from '../../cli/real-clock.js';
import { playScenario } from '../../cli/scenario/play.js';
import type { CaseFile } from '../../contracts/case-file.js';
import type { Case } from '../../contracts/case.js';
import { openPerson, type Look, type Person } from './browser.js';
import { readPdf } from './pdf-text.js';
import { inBrowser, openStage, type Stage } from './stage.js';

/** The story of a case on the screen: replayed, acted in, carried away in a file, told to an audience, printed. */
jest.setTimeout(240_000);

const looks: readonly Look[] = [{}, { width: 360 }, { language: 'ar' }, { width: 360, language: 'ar' }];
inBrowser('the story of a case', () => {
  let stage: Stage;
  let application: string;

  const trainer = async (look?: Look): Promise<Person> => {
    const person = await openPerson(stage.browser, stage.origin, look);
    await person.signIn('trainer-yuki');
    return person;
  };

  beforeAll(async () => {
    stage = await openStage('console-story');
    const useCase = (await loadUseCases()).find(({ manifest }) => manifest.id === 'usct');
    if (useCase === undefined) throw new Error('There is no usct');
    const scenario = loadScenario(useCase);
    const played = await playScenario({
      scenario: { ...scenario, steps: scenario.steps.slice(0, 9) },
      manifest: useCase.manifest,
      as: (persona) => stage.session.as(persona),
      trainer: 'trainer-yuki',
      pause,
      now: () => performance.now(),
      onStep: () => undefined,
      occasion: 'story',
    });
    application = played.get('application')?.id ?? '';
  });

  afterAll(() => stage.close());

  it('goes from the application to the receipt on the phone, and back and forth by keyboard', async () => {
    const person = await trainer();
    const { page } = person;
    await page.goto(`${stage.origin}/cases/${application}/story`);
    await page.locator('.tale-bubble', { hasText: 'RECEIPT' }).waitFor();
    expect(await page.locator('.tale-lane').count()).toBeLessThanOrEqual(7);
    const slider = page.getByLabel('Moment of the story');
    const end = Number(await slider.inputValue());
    await page.locator('.tale-now button').focus();
    await page.keyboard.press('ArrowLeft');
    expect(Number(await slider.inputValue())).toBe(end - 1);
    await page.keyboard.press('Home');
    await page.locator('.tale-now', { hasText: 'opens a case' }).waitFor();
    expect(await page.locator('.tale-bubble').count()).toBe(0);
    await page.keyboard.press('End');
    await page.locator('.tale-bubble', { hasText: 'RECEIPT' }).waitFor();
    expect(person.complaints).toEqual([]);
    await person.close();
  });

  it('says of a call what was asked, under which consent, and what came back', async () => {
    const person = await trainer();
    const { page } = person;
    await page.goto(`${stage.origin}/cases/${application}/story`);
    await page.getByPlaceholder('Find in the story').fill('tax registry');
    await page.locator('.tale-beat', { hasText: 'The tax registry tells' }).click();
    const sheet = page.getByRole('complementary', { name: 'Details' });
    await sheet.getByText('consent of the person').waitFor();
    expect(await sheet.innerText()).toMatch(/Income per month[\s\S]*answered · 200/);
    await sheet.getByRole('button', { name: 'Show request and answer' }).click();
    await sheet.locator('pre').first().waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await person.close();
  });

  it('lets a trainer act on the phone and see what comes of it', async () => {
    const api = stage.session.as('tomas');
    const input = {
      channel: 'citizen',
      applicant: {
        individualId: '2001000025',
        firstName: 'Tomás',
        lastName: 'Rivera',
        birthDate: '1979-11-02',
        sex: 'male',
        phone: '+15550102',
      },
      household: {
        region: 'hills',
        size: 4,
        dependants: 2,
        elderly: 0,
        disabled: 0,
        displaced: false,
        headSex: 'male',
        assets: [],
        landHectares: 0,
        monthlyIncome: 40,
      },
      payment: { route: 'mobile', account: '+15550102' },
      oneTimeCode: '111111',
    };
    const { case: opened } = await api.post<{ case: Case }>('/cases', {
      useCase: 'usct',
      kind: 'application',
      input,
    });
    const person = await trainer();
    const { page } = person;
    await page.goto(`${stage.origin}/cases/${opened.id}/story`);
    const phone = page.getByRole('region', { name: 'The citizen’s phone' });
    await phone.getByLabel('Yes, for this purpose').check();
    await phone.getByRole('button', { name: 'Send for this person' }).click();
    await page.locator('.tale-beat', { hasText: 'The Consent block gets to know the applicant.' }).waitFor();
    await person.close();
  });

  it('opens from a file without a server, and says why another file is none', async () => {
    const file = await stage.session.as('trainer-yuki').get<CaseFile>(`/cases/${application}/export`);
    expect(file.redacted).toBe(true);
    expect(JSON.stringify(file)).not.toMatch(/Haddad|15550101|2001000017/);
    const path = join(stage.folder, 'case.json');
    await writeFile(path, JSON.stringify(file));
    const bad = join(stage.folder, 'bad.json');
    await writeFile(bad, '{"format":"something"}');
    const somebody = await openPerson(stage.browser, stage.origin);
    const { page } = somebody;
    await page.goto(`${stage.origin}/story/open`);
    await page.getByLabel('File of a case').setInputFiles(bad);
    await page.getByText('this is not a case exported from the sandbox').waitFor();
    await page.context().setOffline(true);
    await page.getByLabel('File of a case').setInputFiles(path);
    await page.locator('.tale-beat').first().waitFor();
    await page.getByText('What it says is only for the person.').first().waitFor();
    await somebody.close();
  });

  it('stays smooth with ten thousand calls', async () => {
    const file = await stage.session.as('trainer-yuki').get<CaseFile>(`/cases/${application}/export`);
    const [model] = file.exchanges;
    if (model === undefined) throw new Error('There is no call');
    const exchanges = Array.from({ length: 10_000 }, (_, index) => ({
      seq: index + 1,
      exchange: {
        ...model.exchange,
        id: `exchange-${index}`,
        at: new Date(Date.parse(model.exchange.at) + index).toISOString(),
      },
    }));
    const path = join(stage.folder, 'large.json');
    await writeFile(path, JSON.stringify({ ...file, exchanges }));
    const somebody = await openPerson(stage.browser, stage.origin);
    const { page } = somebody;
    await page.goto(`${stage.origin}/story/open`);
    await page.getByLabel('File of a case').setInputFiles(path);
    await page.locator('.tale-beat').first().waitFor();
    const frames = await page.evaluate<number[]>(`new Promise((resolve) => {
      const frame = document.querySelector('.tale-frame');
      const times = []; let before = performance.now(); let left = 120;
      const step = (now) => { times.push(now - before); before = now; frame.scrollTop -= 700;
        left -= 1; if (left > 0) requestAnimationFrame(step); else resolve(times); };
      requestAnimationFrame(step); })`);
    const sorted = [...frames].sort((one, other) => one - other);
    const begun = performance.now();
    await page.getByPlaceholder('Find in the story').fill('nothing like it');
    await page.getByText('Nothing in the story so far fits these words.').waitFor();
    process.stderr.write(
      `  10 000 calls: frames p50 ${sorted[60]?.toFixed(1)} ms, p95 ${sorted[114]?.toFixed(1)} ms, most ${sorted.at(-1)?.toFixed(1)} ms; filter ${(performance.now() - begun).toFixed(0)} ms\n`,
    );
    expect(await page.locator('.tale-row').count()).toBeLessThan(60);
    await somebody.close();
  });

  it.each(looks)('is well in %j, as is its report', async (look) => {
    const person = await trainer(look);
    await person.page.goto(`${stage.origin}/cases/${application}/story`);
    await person.page.locator('.tale-bubble').first().waitFor();
    const flaws = [...(await person.flaws('story'))];
    await person.page.goto(`${stage.origin}/cases/${application}/report`);
    await person.page.locator('.report-seal').waitFor();
    flaws.push(...(await person.flaws('report')), ...person.complaints);
    expect(flaws).toEqual([]);
    await person.close();
  });

  it.each(['en', 'ar'] as const)('is printed with what proves it, in %s', async (language) => {
    const person = await trainer({ language });
    const { page } = person;
    await page.goto(`${stage.origin}/cases/${application}/report`);
    const head = await page.locator('.report-seal code').innerText();
    const { pages, text } = readPdf(await page.pdf({ format: 'A4' }));
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(head).toMatch(/^[0-9a-f]{64}$/);
    expect(text).toContain(head);
    await person.close();
  });

  it('is told to an audience by keyboard, each chapter again from its snapshot', async () => {
    const person = await trainer();
    const { page } = person;
    const idle = (): Promise<void> => page.locator('.talk-busy:empty').waitFor({ state: 'attached' });
    await page.goto(`${stage.origin}/use-cases/usct`);
    await page.getByRole('link', { name: 'Present to an audience' }).click();
    await page.getByRole('button', { name: 'Prepare the talk' }).click();
    await page.waitForURL(({ pathname }) => pathname.startsWith('/w/'));
    await page.getByRole('button', { name: 'Prepare the talk' }).click();
    await page.locator('.talk').waitFor({ timeout: 120_000 });
    const to = async (key: string, title: string): Promise<void> => {
      await page.keyboard.press(key);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await idle();
    };
    await to('PageDown', 'This is Amina');
    await to(' ', 'She applies once, by phone');
    await to('ArrowRight', 'Behind it, ready-made parts');
    await page.keyboard.press('t');
    await page.getByRole('region', { name: 'Technical' }).locator('code').first().waitFor();
    await page.keyboard.press('Escape');
    await to('PageUp', 'She applies once, by phone');
    await to('PageUp', 'One service, many ministries');
    for (const title of [
      'This is Amina',
      'She applies once, by phone',
      'Behind it, ready-made parts',
      'Nobody looks without asking',
      'She says yes, and four registries answer',
    ])
      await to('PageDown', title);
    await page.keyboard.press('n');
    await page.getByText('Had she said no').waitFor();
    const begun = performance.now();
    await to('r', 'Nobody looks without asking');
    process.stderr.write(`  chapter restored in ${(performance.now() - begun).toFixed(0)} ms\n`);
    await page.getByLabel('Yes, for this purpose').waitFor();
    await page.keyboard.press('b');
    await page.locator('.talk-blank').waitFor();
    await page.keyboard.press('PageDown');
    await page.locator('.talk-blank').waitFor({ state: 'detached' });
    for (const title of [
      'She says yes, and four registries answer',
      'The formula decides, people answer for it',
      'Was this clear?',
      'Two people release money',
    ])
      await to('PageDown', title);
    await page.locator('.tale-desk').getByLabel('Submit').waitFor();
    await to('PageDown', 'The second pair of eyes');
    await page.locator('.tale-desk').getByLabel('Approve').waitFor();
    for (const title of [
      'The money moves, once',
      'The receipt is on her phone',
      'What Amina did not have to do',
    ])
      await to('PageDown', title);
    expect(await page.locator('.saving-count').allInnerTexts()).toEqual(['4', '4', '6']);
    await page.locator('.saving').first().click();
    expect(await page.locator('.savings-sources li').count()).toBe(4);
    expect(await person.flaws('talk')).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'What Amina did not have to do' }).waitFor();
    // Told once more, it begins before she has applied.
    await page.goto(page.url().replace(/#.*/, '?again'));
    await page.locator('.talk').waitFor();
    await to('PageDown', 'This is Amina');
    await to('PageDown', 'She applies once, by phone');
    await page.getByLabel('Yes, for this purpose').waitFor();
    expect(person.complaints).toEqual([]);
    await person.close();
  });
});
