import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { inBrowser, openStage, type Stage } from './stage.js';

/** What somebody sees whose browser has the page, and not yet its code; and that the code leaves it as it is. */
jest.setTimeout(120_000);

const OMAR = 'a.button[href*="persona=omar"]';

inBrowser('the first view', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage('first-view');
  });
  afterAll(() => stage.close());

  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const page = await (await stage.browser.newContext(options)).newPage();
    await page.goto(`${stage.origin}/`);
    return page;
  };

  it.each([
    ['en', 'ltr'],
    ['ar', 'rtl'],
  ] as const)('is whole and leads on without code, in %s', async (locale, direction) => {
    const page = await open({ locale, javaScriptEnabled: false });
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    expect(await page.locator('html').getAttribute('dir')).toBe(direction);
    expect(await page.locator('.persona-card').count()).toBeGreaterThan(5);
    expect(await page.locator('.use-case .step-list li').count()).toBeGreaterThan(8);
    await page.locator(OMAR).click();
    await page.waitForURL(`${stage.origin}/my`);
    await page.context().close();
  });

  it('is taken over by its code with what was typed, and nothing is drawn anew', async () => {
    const page = await open({ locale: 'fr', viewport: { width: 360, height: 640 } });
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    // Held back until the field is filled in.
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/assets/*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.reload({ waitUntil: 'commit' });
    await page.locator('.join-form input').fill('PAPER-LAMP');
    await page.evaluate(`document.querySelector(${JSON.stringify(OMAR)}).setAttribute('data-drawn', '')`);
    expect(await page.locator('.clock').count()).toBe(0);
    await page.locator(OMAR).scrollIntoViewIfNeeded();
    const read = await page.evaluate<number>('window.scrollY');
    expect(read).toBeGreaterThan(100);
    letGo();
    await page.locator('.clock').waitFor();
    expect(Math.abs((await page.evaluate<number>('window.scrollY')) - read)).toBeLessThan(100);
    expect(await page.locator('.join-form input').inputValue()).toBe('PAPER-LAMP');
    expect(await page.locator('[data-drawn]').count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('comes in the language that was chosen here', async () => {
    const page = await open({ locale: 'en' });
    await page.locator('.clock').waitFor();
    await page.locator('.language select').selectOption('sw');
    await page.locator('html[lang=sw]').waitFor();
    const again = await page.request.get(`${stage.origin}/`, { headers: { accept: 'text/html' } });
    expect(await again.text()).toContain('<html lang="sw" dir="ltr">');
    await page.context().close();
  });

  it('comes empty to whoever is signed in, and shows them as such', async () => {
    const page = await open({ locale: 'en' });
    await page.locator(OMAR).click();
    await page.waitForURL(`${stage.origin}/my`);
    const answer = await page.request.get(`${stage.origin}/`, { headers: { accept: 'text/html' } });
    expect(await answer.text()).toContain('<div id="root"></div>');
    // Out of the browser's own memory: drawn before the sign-in.
    await page.goBack();
    await page.locator('.persona-present').waitFor();
    await page.context().close();
  });
});
