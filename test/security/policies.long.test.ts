import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { inBrowser, openStage, type Stage } from '../e2e/stage.js';

jest.setTimeout(180_000);

inBrowser('the content security policies', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage('policies');
  });
  afterAll(() => stage.close());

  it('lets console, Swagger UI and sign-in do what they do, without a violation', async () => {
    const page = await stage.browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        complaints.push(`${page.url()}: ${message.text()}`);
    });
    const at = stage.origin;
    for (const docs of ['/api/docs/', '/blocks/payments/docs/']) {
      await page.goto(`${at}${docs}`);
      await page.locator('.opblock').first().waitFor();
    }
    await page.goto(`${at}/`);
    await page.locator('a[href*="persona=amina"]').click();
    const card = page.locator('button[value="amina"]');
    await page.waitForURL((url) => url.pathname.startsWith('/my') || url.pathname.includes('/login/'));
    if (!new URL(page.url()).pathname.startsWith('/my')) await card.click();
    await page.waitForURL((url) => url.pathname.startsWith('/my'));
    await page.locator('.persona').waitFor();
    expect(complaints).toEqual([]);
  });
});
