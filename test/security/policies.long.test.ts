import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';
import { readConfig } from '../../app/config.js';
import { startSandbox, type Sandbox } from '../../app/sandbox.js';
import { freePort } from '../../cli/free-port.js';
import { silentLogger } from '../../contracts/logger.js';
import { buildConsole } from '../e2e/build-console.js';
import { chromiumPath } from '../e2e/browser.js';

const executablePath = chromiumPath();
const skipped = executablePath === undefined && process.env['CI'] !== 'true';
if (skipped)
  process.stderr.write('Skipped: policies in a browser. There is no Chromium; CHROMIUM names one.\n');
jest.setTimeout(180_000);

(skipped ? describe.skip : describe)('the content security policies', () => {
  let folder: string;
  let sandbox: Sandbox;
  let browser: Browser;
  beforeAll(async () => {
    await buildConsole();
    folder = await mkdtemp(join(tmpdir(), 'policies-'));
    const config = readConfig({}, { port: await freePort(), dataDir: folder });
    sandbox = await startSandbox({ config, logger: silentLogger, environment: {} });
    browser = await chromium.launch({
      executablePath: executablePath ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
  });
  afterAll(async () => {
    await browser.close();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('lets console, Swagger UI and sign-in do what they do, without a violation', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        complaints.push(`${page.url()}: ${message.text()}`);
    });
    const at = sandbox.publicUrl;
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
