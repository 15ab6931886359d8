import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { WorkspaceView } from '../../contracts/workspace.js';
import { firstViewBytes } from './build-console.js';
import { all } from '../setup/long.js';
import { openPerson, type Look, type Person } from './browser.js';
import { inBrowser, openStage, type Stage } from './stage.js';

/** The console in a real browser, against a whole sandbox in this process: people act through the screens. */
jest.setTimeout(240_000);

const looks: readonly Look[] = [{}, { width: 390 }, { language: 'ar' }, { width: 360, language: 'ar' }];
/** Left-to-right on a desktop, right-to-left on a phone. */
const isCorner = ({ width, language }: Look): boolean => (width === undefined) === (language === undefined);

inBrowser('the console', () => {
  let stage: Stage;
  let amina: Person;
  let aminasCase: string;
  const people: Person[] = [];

  const person = async (persona: string, look?: Look): Promise<Person> => {
    const one = await openPerson(stage.browser, stage.origin, look);
    people.push(one);
    await one.signIn(persona);
    return one;
  };

  beforeAll(async () => {
    stage = await openStage('console-e2e');
    amina = await person('amina');
  });

  // Every open page follows the events: those that are done with would only slow the others down.
  afterEach(async () => {
    await Promise.all(people.filter((one) => one !== amina).map((one) => one.close()));
  });

  afterAll(() => stage.close());

  it('weighs at most 200 KB compressed at first view', async () => {
    expect(await firstViewBytes()).toBeLessThan(200 * 1024);
  });

  it('leads people without a session to the start page, and back to where they wanted to go', async () => {
    const somebody = await openPerson(stage.browser, stage.origin);
    await somebody.page.goto(`${stage.origin}/tasks`);
    await somebody.page.getByText('you have not signed in yet').waitFor();
    const link = await somebody.page.locator('a.button[href*="persona=amina"]').getAttribute('href');
    expect(new URL(link ?? '', stage.origin).searchParams.get('returnTo')).toBe('/tasks');
    await somebody.page.keyboard.press('Tab');
    expect(await somebody.page.evaluate('document.activeElement.getAttribute("href")')).toBe('#content');
    await somebody.close();
  });

  it("shows the server's refusal at the fields, and keeps what was entered", async () => {
    const { page } = amina;
    await page.getByRole('link', { name: 'Application' }).click();
    await page.getByLabel('First name').fill('Amina');
    await page.getByLabel('National ID').fill('123');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.note-bad').getByText('things to correct').waitFor();
    await page.getByRole('link', { name: 'National ID: This is not in the expected form.' }).click();
    expect(await page.evaluate('document.activeElement.value')).toBe('123');
    expect(await page.getByLabel('National ID').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('First name').inputValue()).toBe('Amina');
    expect(await amina.flaws('application-refused')).toEqual([]);
  });

  it('shows a case live: a citizen applies, consents, and is enrolled without reloading', async () => {
    const { page } = amina;
    await fillApplication(page);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.waitForURL(/\/cases\/case-/);
    aminasCase = new URL(page.url()).pathname;
    await page.evaluate('window.notReloaded = true');
    await page.getByLabel('Yes, for this purpose').check();
    expect(await amina.flaws('consent')).toEqual([]);
    await page.getByRole('button', { name: 'Send' }).click();
    await badge(page, 'Enrolled');
    await page.locator('.entry', { hasText: 'The population registry confirms name' }).waitFor();
    await page.locator('.entry', { hasText: 'The household is enrolled.' }).waitFor();
    expect(await page.locator('.step[aria-current=step] .step-name').textContent()).toContain('Enrollment');
    expect(await page.evaluate('window.notReloaded')).toBe(true);
  });

  it('shows who read which fields under which consent, and the bodies to the person they are about', async () => {
    const { page } = amina;
    const call = page
      .locator('.entry', { hasText: 'The tax registry tells the monthly income.' })
      .locator('.call');
    await call.locator('summary').click();
    await call.getByText('consent of the person').waitFor();
    expect(await call.textContent()).toContain('Income per month');
    await call.getByRole('button', { name: 'Show request and answer' }).click();
    await call.locator('.body').first().waitFor();
    expect(await call.locator('.body').first().textContent()).toContain('2001000017');
  });

  it.each([
    [{}, 'Tax registry'],
    [{ width: 390, language: 'ar' }, 'السجل الضريبي'],
  ] as const)('tells a citizen who may read their data and who did, %j', async (look, registry) => {
    const one = await person('amina', look);
    await one.page.locator('.nav a[href="/accesses"]').click();
    await one.page.locator('.held-consent', { hasText: registry }).waitFor();
    const tax = one.page.locator('.access', { hasText: registry }).first();
    await tax.getByText('usct-verification').waitFor();
    expect(await tax.textContent()).not.toContain('2001000017');
    expect(await tax.locator('a[href^="/cases/case-"]').count()).toBe(1);
    expect(await one.flaws('accesses')).toEqual([]);
    expect(one.complaints).toEqual([]);
  });

  it('refuses what the role may not do, and does not offer it', async () => {
    const maker = await person('payments-maker-ines');
    await maker.page.goto(`${stage.origin}/cases/new/usct/application`);
    await maker.page.getByText('This kind of case is opened by').waitFor();
    expect(await maker.page.locator('form').count()).toBe(0);
    const tomas = await person('tomas');
    await tomas.page.goto(`${stage.origin}${aminasCase}`);
    await tomas.page.getByRole('alert').getByText('There is no case').waitFor();
  });

  it('lets maker and checker pay, which the citizen sees on the open page', async () => {
    const [maker, checker] = [await person('payments-maker-ines'), await person('payments-checker-ravi')];
    await maker.page.getByRole('link', { name: 'Payment cycle' }).click();
    await maker.page.getByLabel('Cycle (its first month)').fill('2026-01');
    await maker.page.getByRole('button', { name: 'Send' }).click();
    await maker.page.getByLabel('Submit').check();
    await maker.page.getByRole('button', { name: 'Send' }).click();

    await checker.page.getByRole('link', { name: 'Tasks' }).click();
    await checker.page.getByRole('link', { name: /^Do this.*release the payment batch/ }).click();
    await checker.page.getByLabel('Approve').check();
    expect(await checker.flaws('release')).toEqual([]);
    await checker.page.getByRole('button', { name: 'Send' }).click();

    await badge(maker.page, 'Paid and reconciled');
    await badge(amina.page, 'In payment');
    expect(await amina.page.evaluate('window.notReloaded')).toBe(true);
    expect(await maker.flaws('payment-cycle')).toEqual([]);
  });

  it('shows trouble to the trainer, who tries the failed step again', async () => {
    const trainer = await person('trainer-yuki');
    const api = stage.session.as('trainer-yuki');
    await api.post('/blocks/digital-registries/faults', { kind: 'outage' });
    const { page } = trainer;
    const tomas = await person('tomas');
    const input = {
      ...applicationOf('2001000025', 'Tomás', 'Okeke', '1994-09-30'),
      payment: { route: 'none' },
    };
    const opened = await stage.session
      .as('tomas')
      .post<{ case: { id: string } }>('/cases', { useCase: 'usct', kind: 'application', input });
    await tomas.page.goto(`${stage.origin}/cases/${opened.case.id}`);
    await tomas.page.getByLabel('Yes, for this purpose').check();
    await tomas.page.getByRole('button', { name: 'Send' }).click();

    await page.getByText('A step failed').first().waitFor({ timeout: 150_000 });
    await page.goto(`${stage.origin}/cases/${opened.case.id}`);
    await page.getByRole('button', { name: 'Try the failed step again' }).waitFor();
    await page.locator('.entry-failed').first().waitFor();
    expect(await trainer.flaws('trouble')).toEqual([]);
    await api.delete('/blocks/digital-registries/faults');
    await page.getByRole('button', { name: 'Try the failed step again' }).click();
    await page.getByText('A step failed and the case is parked').waitFor({ state: 'detached' });
    await page.locator('.entry-done', { hasText: 'The population registry confirms' }).waitFor();
  });

  it('lets the trainer move the clock of the workspace', async () => {
    const { page } = await person('trainer-yuki');
    const before = await page.locator('.clock time').getAttribute('datetime');
    await page.locator('.clock-menu summary').click();
    await page.getByRole('button', { name: 'One day on' }).click();
    await page.getByText('It is now').waitFor();
    await page.waitForFunction(
      `document.querySelector('.clock time').getAttribute('datetime') > '${before ?? ''}'`,
    );
    const after = await page.locator('.clock time').getAttribute('datetime');
    const days = (Date.parse(after ?? '') - Date.parse(before ?? '')) / 86_400_000;
    expect(Math.round(days * 10) / 10).toBe(1);
    await page.keyboard.press('Escape');
    expect(await page.locator('.clock-menu .menu').isVisible()).toBe(false);
  });

  it.each(all(looks, isCorner))('is accessible and fits the screen, on every page: %j', async (look) => {
    const trainer = await person('trainer-yuki', look);
    const { page } = trainer;
    const flaws: string[] = [];
    await page.locator('.case-table').waitFor();
    flaws.push(...(await trainer.flaws('cases')));
    await page.goto(`${stage.origin}${aminasCase}`);
    await page.locator('.timeline .entry').first().waitFor();
    await page.locator('.call summary').first().click();
    flaws.push(...(await trainer.flaws('case')));
    await page.goto(`${stage.origin}/tasks`);
    await page.locator('.lead').waitFor();
    await page.locator('.clock-menu summary').click();
    flaws.push(...(await trainer.flaws('tasks')));
    const citizen = await person('omar', look);
    flaws.push(...(await citizen.flaws('cases-empty')));
    await citizen.page.goto(`${stage.origin}/cases/new/usct/application`);
    await citizen.page.locator('form').waitFor();
    flaws.push(...(await citizen.flaws('application')));
    await citizen.page.goto(stage.origin);
    await citizen.page.locator('.use-case').first().waitFor();
    flaws.push(...(await citizen.flaws('start')));
    await citizen.page.goto(`${stage.origin}/nowhere`);
    await citizen.page.locator('h1').waitFor();
    flaws.push(...(await citizen.flaws('nowhere')));
    expect(flaws).toEqual([]);
  });

  it('is the same in a workspace of its own, and stays there', async () => {
    const { workspace } = await stage.session
      .as('trainer-yuki')
      .post<{ workspace: WorkspaceView }>('/workspaces', { title: 'Room 1' });
    const place = `/w/${workspace.id}`;
    const one = await openPerson(stage.browser, stage.origin, {}, place);
    people.push(one);
    const { page } = one;
    await page.goto(`${stage.origin}${place}`);
    expect(new URL(page.url()).pathname).toBe(`${place}/`);
    await one.signIn('amina');
    // Her case of the other tests is not here.
    await page.locator('h1').waitFor();
    expect(await page.locator('a[href*="/cases/case-"]').count()).toBe(0);
    await page.getByRole('link', { name: 'Application' }).click();
    await fillApplication(page);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.waitForURL((url) => url.pathname.startsWith(`${place}/cases/case-`));
    await page.getByLabel('Yes, for this purpose').check();
    await page.getByRole('button', { name: 'Send' }).click();
    await badge(page, 'Enrolled');
    await page.reload();
    await badge(page, 'Enrolled');
    await page.locator('summary.persona').click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL((url) => url.pathname === `${place}/`);
    await page.locator('a[href*="persona=amina"]').waitFor();
    expect((await fetch(`${stage.origin}${place}/api/v1/clock`)).status).toBe(200);
  });

  it('signs out', async () => {
    const { page } = await person('selam');
    await page.locator('summary.persona').click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.locator('a[href*="persona=selam"]').waitFor();
    expect(await page.evaluate('fetch("/auth/me").then((answer) => answer.json())')).toMatchObject({
      principal: null,
    });
  });

  it('had nothing to complain about: no script error, no blocked content, no request to elsewhere', () => {
    expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

async function badge(page: Page, text: string): Promise<void> {
  await page.locator('.case-facts .badge', { hasText: text }).waitFor({ timeout: 60_000 });
}

function applicationOf(
  individualId: string,
  firstName: string,
  lastName: string,
  birthDate: string,
): Record<string, unknown> {
  return {
    channel: 'citizen',
    applicant: { individualId, firstName, lastName, birthDate, sex: 'male' },
    household: {
      region: 'capital',
      size: 1,
      dependants: 0,
      elderly: 0,
      disabled: 0,
      displaced: false,
      assets: [],
      landHectares: 0,
      monthlyIncome: 900,
    },
    oneTimeCode: '111111',
  };
}

async function fillApplication(page: Page): Promise<void> {
  const texts: Readonly<Record<string, string>> = {
    'National ID': '2001000017',
    'First name': 'Amina',
    'Last name': 'Haddad',
    'Date of birth': '1988-03-14',
    'People in the household': '6',
    'Children under 18': '4',
    'People of 65 years and over': '1',
    'People with a disability': '0',
    'Land in hectares': '0.5',
    'Income per month': '60',
    'Account or mobile money number': '+15550101',
    'One-time code': '111111',
  };
  for (const [label, text] of Object.entries(texts)) await page.getByLabel(label).fill(text);
  await page.getByRole('group', { name: 'Sex', exact: true }).getByLabel('Female').check();
  await page.getByLabel('Region').selectOption('hills');
  await page.getByLabel('Radio').check();
  await page.getByLabel('Goats').check();
  await page.getByLabel('Way of payment').selectOption('mobile');
}
