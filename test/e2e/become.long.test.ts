import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Case } from '../../contracts/case.js';
import type { PersonaIdentity } from '../../contracts/identity.js';
import type { WorkspaceView } from '../../contracts/workspace.js';
import { openPerson, type Look, type Person } from './browser.js';
import { inBrowser, openStage, type Stage } from './stage.js';

/** Becoming somebody else by one click: the document stays, and nothing in it is of the one before. */
jest.setTimeout(120_000);

const looks: readonly Look[] = [{}, { width: 360, language: 'ar' }];
const onStart = (persona: string): string => `a.button[href*="persona=${persona}"]`;
const inMenu = (persona: string): string => `a.persona-choice[href*="persona=${persona}"]`;

inBrowser('becoming somebody else', () => {
  let stage: Stage;
  let names: ReadonlyMap<string, string>;
  let aminas: Case;

  beforeAll(async () => {
    stage = await openStage('become');
    const { personas } = await stage.session
      .as('trainer-yuki')
      .get<{ personas: readonly PersonaIdentity[] }>('/personas');
    names = new Map(personas.map(({ username, name }) => [username, name]));
    ({ case: aminas } = await stage.session.as('amina').post<{ case: Case }>('/cases', {
      useCase: 'usct',
      kind: 'grievance',
      input: { about: 'data', text: 'My name is written wrongly.' },
    }));
  });

  afterAll(() => stage.close());

  /** At a place of the sandbox, with a mark that only this document has. Whoever is named is signed in already. */
  const openAt = async (place: string, persona?: string, look?: Look): Promise<Person> => {
    const person = await openPerson(stage.browser, stage.origin, look);
    const { page } = person;
    if (persona !== undefined) await person.signIn(persona);
    await page.goto(`${stage.origin}${place}`);
    // Comes with the code: before, a click on a link is the browser's own.
    await page.locator('.clock').first().waitFor();
    await page.evaluate('window.stayed = true');
    return person;
  };
  const stayed = (page: Page): Promise<boolean> => page.evaluate<boolean>('window.stayed === true');
  const scrolled = (page: Page): Promise<number> => page.evaluate<number>('window.scrollY');
  const placeOf = (page: Page): string => page.url().slice(stage.origin.length);

  /** Until the pages are this person's: the menu, if it was open, stands open until then. */
  const isNow = async (page: Page, persona: string): Promise<void> => {
    const name = page.locator('.persona-name strong', { hasText: names.get(persona) ?? 'nobody' });
    await name.waitFor({ state: 'attached' });
    await page.locator('details.persona-menu[open]').waitFor({ state: 'detached' });
  };
  const become = async (page: Page, persona: string): Promise<void> => {
    await page.locator('summary.persona').click();
    await page.locator(inMenu(persona)).click();
    await isNow(page, persona);
  };

  it.each(looks)('leads from person to person in one document: %j', async (look) => {
    const person = await openAt('/', undefined, look);
    const { page } = person;
    const isAt = async (home: string): Promise<void> => {
      await page.locator('main h1').first().waitFor();
      expect([placeOf(page), await stayed(page), await scrolled(page)]).toEqual([home, true, 0]);
    };
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    await page.locator(onStart('amina')).scrollIntoViewIfNeeded();
    expect(await scrolled(page)).toBeGreaterThan(100);
    await page.locator(onStart('amina')).click();
    await isNow(page, 'amina');
    await isAt('/my');
    await become(page, 'case-officer-lin');
    await isAt('/tasks');
    await become(page, 'trainer-yuki');
    await isAt('/cases');

    // Refused without the form token of the new session.
    const title = `Room of ${look.language ?? 'en'}`;
    await page.locator('.nav a[href="/workspace"]').click();
    const others = page.locator('section[aria-labelledby="place-others"]');
    await others.locator('input').fill(title);
    await others.locator('button[type=submit]').click();
    await others.locator('.place-list li', { hasText: title }).waitFor();
    expect(await stayed(page)).toBe(true);
    expect(await person.flaws('become')).toEqual([]);
    expect(person.complaints).toEqual([]);
    await person.close();
  });

  it('leaves nothing of the one before, where both begin at the same place', async () => {
    const person = await openAt('/my', 'amina');
    const { page } = person;
    await page.setViewportSize({ width: 1280, height: 500 });
    await page.locator('.my-case', { hasText: aminas.number }).waitFor();
    // At no moment both: his name, and her name or case.
    await page.evaluate(`window.mixed = [];
      new MutationObserver(() => {
        if (document.querySelector('.persona-name strong')?.textContent !== ${JSON.stringify(names.get('omar'))}) return;
        const text = document.querySelector('main')?.textContent ?? '';
        window.mixed.push(...${JSON.stringify([names.get('amina'), aminas.number])}.filter((one) => text.includes(one)));
      }).observe(document.body, { subtree: true, childList: true, characterData: true })`);
    await page.locator('summary.persona').click();
    await page.locator(inMenu('omar')).waitFor();
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    expect(await scrolled(page)).toBeGreaterThan(100);
    // Not by the mouse, which would scroll back.
    await page.locator(inMenu('omar')).dispatchEvent('click');
    await isNow(page, 'omar');
    await page.locator('main .empty').waitFor();
    expect([placeOf(page), await stayed(page), await scrolled(page)]).toEqual(['/my', true, 0]);
    expect(await page.locator('.my-case').count()).toBe(0);
    expect(await page.evaluate('window.mixed')).toEqual([]);
    expect(person.complaints).toEqual([]);
    await person.close();
  });

  it('goes back to where the one before was, as the new one', async () => {
    const person = await openAt('/my', 'amina');
    const { page } = person;
    await page.locator('.my-case', { hasText: aminas.number }).waitFor();
    await page.locator('a[href="/my/payments"]').click();
    await page.waitForURL(`${stage.origin}/my/payments`);
    await become(page, 'omar');
    expect(placeOf(page)).toBe('/my');
    for (const place of ['/my/payments', '/my']) {
      await page.goBack();
      await page.waitForURL(`${stage.origin}${place}`);
      await page.locator('main .empty').waitFor();
      await isNow(page, 'omar');
      expect(await page.locator('[role=alert], .my-case').count()).toBe(0);
    }
    await page.goForward();
    await page.goForward();
    await page.waitForURL(`${stage.origin}/my`);
    await page.locator('main .empty').waitFor();
    expect(await stayed(page)).toBe(true);
    expect(person.complaints).toEqual([]);
    await person.close();
  });

  it('ends where one wanted to go, in the workspace where one is', async () => {
    const { workspace } = await stage.session
      .as('trainer-yuki')
      .post<{ workspace: WorkspaceView }>('/workspaces', { title: 'Apart' });
    const place = `/w/${workspace.id}`;
    const person = await openAt(`${place}/cases`);
    const { page } = person;
    await page.locator(onStart('case-officer-lin')).click();
    await isNow(page, 'case-officer-lin');
    expect(placeOf(page)).toBe(`${place}/cases`);
    await become(page, 'amina');
    expect(placeOf(page)).toBe(`${place}/my`);
    // Her case is in the other workspace.
    await page.locator('main .empty').waitFor();
    expect(await stayed(page)).toBe(true);
    expect(person.complaints).toEqual([]);
    await person.close();
  });

  it('is the first of two people on whom one clicks at once', async () => {
    const person = await openAt('/');
    const { page } = person;
    let [asked, letGo] = [0, (): void => undefined];
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/auth/login?*', async (route) => {
      asked += 1;
      await held;
      return route.fallback();
    });
    await page.locator(onStart('omar')).click();
    await page.locator(onStart('amina')).click();
    letGo();
    await isNow(page, 'omar');
    expect([placeOf(page), await stayed(page), asked]).toEqual(['/my', true, 1]);
    expect(person.complaints).toEqual([]);
    await person.close();
  });

  it('opens another tab for whoever asks for one, and leaves this one as it is', async () => {
    const person = await openAt('/');
    const { page } = person;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      page.locator(onStart('amina')).click({ modifiers: ['ControlOrMeta'] }),
    ]);
    await tab.waitForURL(`${stage.origin}/my`);
    await isNow(tab, 'amina');
    expect(placeOf(page)).toBe('/');
    expect(await stayed(page)).toBe(true);
    expect(asked).not.toContain('/auth/login');
    expect(person.complaints).toEqual([]);
    await person.close();
  });

  it.each(['no answer', 'a refusal'])('follows the link as a document after %s', async (outcome) => {
    const person = await openAt('/');
    const { page } = person;
    let asked = 0;
    await page.route('**/auth/login?*', async (route) => {
      if (route.request().resourceType() !== 'fetch') return route.fallback();
      asked += 1;
      return outcome === 'no answer' ? route.abort() : route.fulfill({ status: 503, body: 'Not now' });
    });
    await page.locator(onStart('omar')).click();
    await isNow(page, 'omar');
    await page.locator('main .empty').waitFor();
    expect([placeOf(page), await stayed(page), asked]).toEqual(['/my', false, 1]);
    expect(person.complaints).toEqual([]);
    await person.close();
  });
});
