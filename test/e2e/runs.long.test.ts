import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { loadUseCases } from '../../app/project.js';
import { loadScenario } from '../../cli/load-scenario.js';
import { pause } from '../../cli/real-clock.js';
import { playScenario } from '../../cli/scenario/play.js';
import { openPerson, type Look, type Person } from './browser.js';
import { inBrowser, openStage, type Stage } from './stage.js';
import { createSteps } from './steps.js';

/**
 * Runs as a trainer operates them, through the screens alone: found, looked into, copied, carried into another workspace,
 * and run again with other input. Goes by addresses, ids and values, so that it is the same in every language.
 */
jest.setTimeout(300_000);

const looks: readonly Look[] = [{}, { width: 360, language: 'ar' }];

inBrowser.each(looks)('runs by hand, %j', (look) => {
  let stage: Stage;
  let person: Person;
  let page: Page;
  let number: string;
  let runFile: string;
  let caseFile: string;
  const flaws: string[] = [];
  const step = createSteps();

  const rows = (): Locator => page.locator('.case-table tbody tr');
  /** Until what they are called has come in the language of the page, as the menu has it from then on. */
  const rowsCome = async (): Promise<void> => {
    await rows().first().waitFor();
    await page.locator('.case-table th [lang]').first().waitFor({ state: 'detached' });
  };
  const see = async (name: string): Promise<void> => {
    flaws.push(...(await person.flaws(`runs-${name}`)));
  };
  /** What a workflow is called in the language of the page; the menu joins the names of two services' ones. */
  const titlesOf = async (workflow: string): Promise<readonly string[]> =>
    ((await page.locator(`.filters option[value="${workflow}"]`).first().textContent()) ?? '').split(' · ');
  const rowOf = async (workflow: string): Promise<Locator> => {
    const titles = (await titlesOf(workflow)).map((title) => `.case-table th a:text-is("${title}")`);
    return page.locator(titles.join(', ')).first();
  };
  const onlyRowsOf = async (workflow: string): Promise<void> => {
    const others = (await titlesOf(workflow)).map((title) => `:not(:text-is("${title}"))`).join('');
    await page.locator(`.case-table th a${others}`).first().waitFor({ state: 'detached' });
    await (await rowOf(workflow)).waitFor();
  };
  /** Filters by the menu that offers this value. */
  const choose = async (value: string): Promise<void> => {
    await page.locator(`.filters select:has(option[value="${value}"])`).selectOption(value);
  };
  const task = async (name: string): Promise<void> => {
    await page.locator(`[data-pointer$="/${name}"]`).click();
    await page.locator('.run-side code', { hasText: name }).waitFor();
  };
  const save = async (control: Locator, name: string): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), control.click()]);
    const path = join(stage.folder, name);
    await download.saveAs(path);
    return path;
  };
  const toRuns = async (): Promise<void> => {
    await page.locator('.nav a[href$="/runs"]').click();
    await page.waitForURL(/\/runs$/);
    await page.locator('.filters input[type=date]').first().waitFor();
    await rowsCome();
  };

  beforeAll(async () => {
    stage = await openStage('runs-by-hand');
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
      occasion: 'runs',
    });
    number = played.get('application')?.number ?? '';
    person = await openPerson(stage.browser, stage.origin, look);
    ({ page } = person);
    page.setDefaultTimeout(30_000);
    await person.signIn('trainer-yuki');
  });

  afterAll(() => stage.close());

  step('finds runs by what they are, whom they asked and which case they serve', async () => {
    await toRuns();
    await choose('payment-cycle');
    await onlyRowsOf('payment-cycle');
    await page.locator('.filters + .buttons button').click();
    await (await rowOf('feedback')).waitFor();
    await choose('payments');
    await (await rowOf('feedback')).waitFor({ state: 'detached' });
    await choose('faulted');
    await page.locator('.empty').waitFor();
    await see('none');
    await page.locator('.filters + .buttons button').click();
    await page.locator('.filters input[type=search]').fill(number);
    await choose('application');
    await onlyRowsOf('application');
    expect(await rows().count()).toBe(1);
    await see('found');
  });

  step('shows the picture, the story and the journal of a run, and what a task took and gave', async () => {
    await page.locator('.case-table th a').click();
    await page.locator('.diagram-node.standing-done').first().waitFor();
    expect(await page.locator('.diagram-node.standing-ahead').count()).toBeGreaterThan(0);
    await page.locator('.timeline .entry').first().waitFor();
    await page.locator('.event-table tbody tr').first().waitFor();
    await task('assess');
    await page.locator('.run-side pre', { hasText: '"package": "care"' }).waitFor();
    await see('run');
  });

  step('gives a call as a command for curl', async () => {
    await task('registerApplication');
    const call = page.locator('.run-side .call', {
      hasText: 'submitApplication',
    });
    await call.locator('summary').click();
    await call.locator('button.button-small').last().click();
    const command = page.locator('.run-side pre', { hasText: 'curl' });
    const text = (await command.textContent()) ?? '';
    expect(text).toMatch(/^# Set SANDBOX_MEMBER_KEY before/);
    expect(text).toMatch(/^curl .*--request POST 'http[^']*\/r1\/[^']*\/registration\/services\/6f1d1f3e/m);
    expect(text).toContain('Unconditional social cash transfer');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await command.locator('+ button').click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(text);
    await see('curl');
  });

  step('saves a run and a case as files', async () => {
    await page.locator('.export input').check();
    runFile = await save(page.locator('.export button'), 'run.json');
    await page.locator('.case-facts a[href*="/cases/"]').click();
    await page.locator('.case-facts a[href$="/story"]').click();
    caseFile = await save(page.locator('a[href$="/export"]'), 'case.json');
  });

  step('opens both in another workspace, where the case never was, without the server', async () => {
    await page.locator('.nav a[href$="/workspace"]').click();
    const others = page.locator('section[aria-labelledby="place-others"]');
    await others.locator('input').fill('Second room');
    await others.locator('button[type=submit]').click();
    await others.locator('a.button[href*="/w/"]').click();
    await page.waitForURL(/\/w\/[a-z0-9]+\/$/);
    const open = async (list: string, link: string, file: string): Promise<void> => {
      await page.locator(`.nav a[href$="${list}"]`).click();
      await page.locator(`main a[href$="${link}"]`).click();
      await page.locator('input[type=file]').waitFor();
      await page.context().setOffline(true);
      await page.locator('input[type=file]').setInputFiles(file);
    };
    await open('/cases', '/story/open', caseFile);
    await page.locator('.tale-head', { hasText: number }).waitFor();
    await page.locator('.tale-beat').first().click();
    await page.locator('.tale-with-sheet').waitFor();
    await page.keyboard.press('Escape');
    await see('case-file');
    await page.context().setOffline(false);

    await open('/runs', '/runs/file', runFile);
    await page.locator('.diagram-node.standing-done').first().waitFor();
    await task('registerApplication');
    await page.locator('.run-side .call').first().waitFor();
    expect(await page.locator('.case-facts a').count()).toBe(0);
    await task('assess');
    await page.locator('.run-side pre', { hasText: '"package": "care"' }).waitFor();
    await page.locator('.event-table tbody tr').first().waitFor();
    await see('run-file');
    await page.context().setOffline(false);
    await page.goto(`${stage.origin}/runs`);
  });

  step('runs a workflow again from a task with what went in, changed', async () => {
    await rowsCome();
    await choose('application');
    await onlyRowsOf('application');
    await page.locator('.case-table th a').first().click();
    await task('prepare');
    const before = page.url();
    const again = page.locator('.run-side .run-again');
    await again.locator('summary').click();
    const input = again.locator('textarea');
    await see('again');
    await again.locator('textarea[rows="12"]').waitFor();
    const went = await input.inputValue();
    expect(JSON.parse(went)).toMatchObject({ household: { monthlyIncome: 60 } });
    await input.fill(went.replace('"monthlyIncome": 60', '"monthlyIncome": '));
    await again.locator('[role=alert]').waitFor();
    await input.fill(went.replace('"monthlyIncome": 60', '"monthlyIncome": 70'));
    await again.locator('.button-main').click();
    await page.waitForURL((url) => url.href !== before);
    await page.locator('.case-facts a[href*="/runs/"]').waitFor();
    await task('registerApplication');
    await page.locator('.run-side pre', { hasText: '"monthlyIncome": 70' }).first().waitFor();
    await page.locator('.standing-done[data-pointer$="/noteSubmission"]').waitFor();
    await see('again-started');
  });

  it('was accessible and fitting on every page, and nothing was amiss', () => {
    expect([...flaws, ...person.complaints]).toEqual([]);
  });
});
