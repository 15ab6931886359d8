import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openPerson, type Look, type Person } from './browser.js';
import { inBrowser, openStage, type Stage } from './stage.js';

/** Every page with the Tab key alone: everything is reached, in the order of the page, and one sees where one is. */
jest.setTimeout(120_000);

const looks: readonly Look[] = [{}, { width: 360, language: 'ar' }];
const places: Readonly<Record<string, readonly string[]>> = {
  'trainer-yuki': [
    '/',
    '/use-cases',
    '/use-cases/usct',
    '/use-cases/inst-2',
    '/cases',
    '/tasks',
    '/runs',
    '/runs/file',
    '/building-blocks',
    '/building-blocks/payments',
    '/messages',
    '/workspace',
    '/present/usct',
  ],
  amina: ['/my', '/my/payments', '/my/messages', '/my/apply/usct/application', '/accesses'],
};

inBrowser('the keyboard', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage('console-keyboard');
  });

  afterAll(() => stage.close());

  const people = looks.flatMap((look) => Object.keys(places).map((persona) => [persona, look] as const));
  it.each(people)('leads %s through each page, %j', async (persona, look) => {
    const person: Person = await openPerson(stage.browser, stage.origin, look);
    await person.signIn(persona);
    const flaws: string[] = [];
    for (const place of places[persona] ?? []) {
      await person.page.goto(`${stage.origin}${place}`);
      await person.page.locator('main h1').first().waitFor();
      await person.page.locator('.loading').waitFor({ state: 'detached' });
      flaws.push(...(await walk(person.page)).map((flaw) => `${place}: ${flaw}`));
    }
    expect(flaws).toEqual([]);
    expect(person.complaints).toEqual([]);
    await person.close();
  });

  it('skips the header when one asks for it', async () => {
    const person = await openPerson(stage.browser, stage.origin);
    const { page } = person;
    await page.goto(`${stage.origin}/use-cases`);
    await page.locator('main a').first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.querySelector("main").contains(document.activeElement)')).toBe(true);
    await person.close();
  });
});

/** What Tab should reach: one control of each group of radio buttons, nothing that is hidden or switched off. */
const markStops = `(() => {
  const groups = new Set();
  const stops = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((one) => {
      if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({ visibilityProperty: true })) return false;
      if (one.type !== 'radio') return true;
      const group = one.form?.id + one.name;
      return !groups.has(group) && groups.add(group);
    });
  stops.forEach((one, index) => { one.dataset.stop = String(index); });
  document.activeElement?.blur();
  window.getSelection().removeAllRanges();
  return stops.map((one) => one.tagName + ' ' + (one.textContent || one.name || one.type).trim().slice(0, 40));
})()`;

const whereFocusIs = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return null;
  const seen = [at, at.parentElement, ...(at.labels ?? [])].some((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  return { stop: at.dataset.stop === undefined ? null : Number(at.dataset.stop), seen, is: at.outerHTML.slice(0, 90) };
})()`;

async function walk(page: Page): Promise<string[]> {
  const stops = await page.evaluate<string[]>(markStops);
  const visited: number[] = [];
  const flaws: string[] = [];
  for (let presses = 0; presses < stops.length * 3 + 20; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate<{ stop: number | null; seen: boolean; is: string } | null>(whereFocusIs);
    if (at === null) break;
    if (!at.seen) flaws.push(`focus is not seen on ${at.is}`);
    // A date field has several places for the keyboard, and is one stop.
    if (at.stop !== null && visited.at(-1) !== at.stop) {
      if (visited.includes(at.stop)) break;
      visited.push(at.stop);
    }
  }
  const missed = stops.filter((_stop, index) => !visited.includes(index));
  if (missed.length > 0) flaws.push(`Tab does not reach ${missed.join('; ')}`);
  const inOrder = [...visited].sort((one, other) => one - other);
  if (visited.join() !== inOrder.join()) flaws.push(`the order is ${visited.join()}`);
  return [...new Set(flaws)];
}
