import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openPerson, type Look, type Person } from './browser.js';
import { amina, omar } from './applicants.js';
import { answer, give, type Answers } from './citizen.js';
import { inBrowser, openStage, type Stage } from './stage.js';
import { createSteps } from './steps.js';

/**
 * The whole cash transfer through the screens alone: one browser, one click from person to person, no request that a
 * page does not make by itself. Goes by addresses, ids and values, so that it is the same in every language.
 */
jest.setTimeout(300_000);

/** The widest and the narrowest; the two between them when there is time for a soak. */
const looks: readonly Look[] = [
  {},
  { width: 360, language: 'ar' },
  ...(process.env['SANDBOX_SOAK'] === undefined
    ? []
    : ([{ width: 360 }, { language: 'ar' }] satisfies readonly Look[])),
];
inBrowser.each(looks)('the cash transfer by hand, %j', (look) => {
  let stage: Stage;
  let person: Person;
  let page: Page;
  let cycle: string;
  const flaws: string[] = [];
  const step = createSteps();

  const become = async (persona: string): Promise<void> => {
    await page.locator('summary.persona').click();
    await page.locator(`a.persona-choice[href*="persona=${persona}"]`).click();
    // The menu stands open until the pages are somebody else's.
    await page.locator('details.persona-menu[open]').waitFor({ state: 'detached' });
    await page.waitForURL((url) => ['/my', '/tasks', '/cases'].includes(url.pathname));
  };
  const see = async (name: string): Promise<void> => {
    flaws.push(...(await person.flaws(`by-hand-${name}`)));
  };
  /** The officer's task with this form: from the inbox, reserved first, then decided. */
  const doTask = async (answers: Answers, name: string): Promise<void> => {
    await page.locator('.task-row a.button-main').first().click();
    await page.locator('.task form').waitFor();
    const claim = page.locator('.task-facts button');
    await claim.click();
    await page.locator('.task-facts .badge').nth(1).waitFor();
    const id = await page.locator('.task form [id$="-title"]').getAttribute('id');
    const form = (id ?? '').replace(/-title$/, '');
    for (const [pointer, value] of Object.entries(answers)) await give(page, `${form}${pointer}`, value);
    await see(name);
    await page.locator('.task form button[type=submit]').click();
    await page.waitForURL(/\/cases\/case-/);
  };

  beforeAll(async () => {
    stage = await openStage('by-hand');
    person = await openPerson(stage.browser, stage.origin, look);
    ({ page } = person);
    page.setDefaultTimeout(60_000);
  });

  afterAll(() => stage.close());

  step('a citizen applies one question at a time; a reload loses nothing', async () => {
    await page.goto(`${stage.origin}/`);
    await page.locator('a.button[href*="persona=amina"]').click();
    await page.locator('a[href="/my/new/usct/application"]').waitFor();
    await see('my-empty');
    await page.locator('a[href="/my/new/usct/application"]').click();
    await page.locator('.question').waitFor();
    await give(page, 'apply-applicant-individualId', '12');
    await page.locator('.questions button[type=submit]').click();
    await page.locator('.note-bad').waitFor();
    await see('question-refused');
    await page.locator('.note-bad a').click();
    expect(await page.evaluate('document.activeElement.id')).toBe('apply-applicant-individualId');
    await give(page, 'apply-applicant-individualId', '2001000017');
    await page.reload();
    await page.locator('.kept').waitFor();
    expect(await page.locator('[id="apply-applicant-individualId"]').inputValue()).toBe('2001000017');
    expect(await answer(page, 'apply', amina)).toBe(20);
    await see('check-answers');
    // An answer is changed from the list, and one comes back to the list.
    await page.locator('.check-change button').nth(9).click();
    await give(page, 'apply-household-dependants', '4');
    await page.locator('.questions button[type=submit]').click();
    await page.locator('.check').waitFor();
    await page.locator('.questions button[type=submit]').click();
    await page.waitForURL(/\/my\/cases\/case-/);
  });

  step('consents, is enrolled, and says whether it was clear', async () => {
    const consent = page.locator('a.my-task');
    await consent.waitFor();
    await see('follow-consent');
    const done = (await consent.getAttribute('href')) ?? '';
    await consent.click();
    await page.locator('.question input[value=granted]').check();
    await see('consent');
    await page.locator('.questions button[type=submit]').click();
    await page.locator('.programme-card').waitFor();
    await see('follow-enrolled');
    await page.locator('.back-link').click();
    // The list may name the task that was just done for a moment more.
    await page.locator(`a.my-task:not([href="${done}"])`).click();
    const form = (await page.locator('.questions h1').getAttribute('id'))?.replace(/-title$/, '') ?? '';
    await answer(page, form, { '-clear': '5' });
    await page.locator('.questions button[type=submit]').click();
    await page.waitForURL(/\/my\/cases\/case-/);
    await page.locator('.my-now-done').waitFor();
  });

  step('another citizen refuses consent, and officers find a way', async () => {
    await become('omar');
    await page.locator('a[href="/my/new/usct/application"]').click();
    await answer(page, 'apply', omar);
    await page.locator('.questions button[type=submit]').click();
    await page.locator('a.my-task').click();
    await page.locator('.question input[value=refused]').check();
    await page.locator('.questions button[type=submit]').click();
    await page.waitForURL(/\/my\/cases\/case-/);

    await become('case-officer-lin');
    const evidence = 'Family book 4711 and disability certificate 12, seen';
    await doTask(
      {
        '-decision': 'verified-by-documents',
        '-evidence': evidence,
        '-dependants': '3',
        '-monthlyIncome': '40',
        '-landHectares': '0',
      },
      'assist',
    );
    await become('enrollment-officer-nour');
    await doTask({ '-route': 'voucher', '-note': 'The mobile team comes on Mondays.' }, 'payment-route');
    await page.locator('.programme-card').waitFor();
  });

  step('the maker prepares, payments break, the checker releases, and it is seen to fail', async () => {
    await become('payments-maker-ines');
    await page.locator('.nav a[href="/cases"]').click();
    await page.locator('a[href="/cases/new/usct/payment-cycle"]').click();
    await page.locator('[id="new-cycle"]').waitFor();
    await give(page, 'new-cycle', '2026-01');
    await page.locator('[id="new-repeat"]').check();
    await page.locator('main form button[type=submit]').click();
    await page.waitForURL(/\/cases\/case-/);
    cycle = new URL(page.url()).pathname;
    await page.locator('.nav a[href="/tasks"]').click();
    await doTask({ '-decision': 'submit' }, 'prepare');

    await become('payments-checker-ravi');
    await page.locator('.task-row a.button-main').first().waitFor();
    await become('trainer-yuki');
    await page.locator('.nav a[href="/building-blocks"]').click();
    await page.locator('a[href="/building-blocks/payments"]').click();
    const panel = page.locator('section[aria-labelledby="faults-title"]');
    await panel.locator('select').first().selectOption('outage');
    await panel.locator('select').nth(1).selectOption('60');
    await panel.locator('button[type=submit]').click();
    await page.locator('.fault').waitFor();
    await see('fault');

    await become('payments-checker-ravi');
    await doTask({ '-decision': 'approve' }, 'release');
    await page.locator('.note-bad[role=alert]').waitFor();
    await see('parked');
  });

  step('the trainer mends it and tries the step again, and the money arrives', async () => {
    await become('trainer-yuki');
    await page.locator('.nav a[href="/building-blocks"]').click();
    await page.locator('a[href="/building-blocks/payments"]').click();
    await page.locator('.fault button').click();
    await page.locator('.fault').waitFor({ state: 'detached' });
    await page.locator('.nav a[href="/cases"]').click();
    await page.locator(`a[href="${cycle}"]`).click();
    await page.locator('.note-bad .button-main').click();
    await page.locator('.case-facts .badge-closed').waitFor();
    await see('paid');

    await become('amina');
    await page.locator('a[href="/my/messages"]').click();
    const receipt = page.locator('.bubble', { hasText: 'RECEIPT' });
    await receipt.waitFor();
    expect(await receipt.textContent()).toContain('2026-01');
    await see('phone');
    await page.locator('.back-link').click();
    await page.locator('a[href="/my/payments"]').click();
    await page.locator('.receipt').waitFor();
    expect(await page.locator('.receipt').count()).toBe(1);
    await see('my-payments');
  });

  step('two months later she is paid again', async () => {
    await become('trainer-yuki');
    await page.locator('summary.clock').click();
    await page.locator('.menu > button.button').nth(2).click();
    await page.locator('.menu-status:not(:empty)').waitFor();
    await page.keyboard.press('Escape');
    await become('payments-maker-ines');
    await doTask({ '-decision': 'submit' }, 'prepare-again');
    await become('payments-checker-ravi');
    await doTask({ '-decision': 'approve' }, 'release-again');
    await page.locator('.case-facts .badge-closed').waitFor();
    await page.locator('.nav a[href="/tasks"]').click();
    await page.locator('.past-tasks > summary').click();
    await page.locator('.past-tasks .task-list > li').nth(1).waitFor();
    await see('done-by-me');
    await become('amina');
    await page.locator('a[href="/my/payments"]').click();
    await page.locator('.receipt').nth(1).waitFor();
    await page.locator('.nav a[href="/accesses"]').click();
    await page.locator('.access').first().waitFor();
    await see('accesses');
  });

  it('was accessible and fitting on every page, and nothing was amiss', () => {
    expect([...flaws, ...person.complaints]).toEqual([]);
  });
});
