import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Debian's Chromium, or the one that CHROMIUM names. Undefined when there is none. */
export function chromiumPath(): string | undefined {
  return [
    process.env['CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((path) => path !== undefined && path !== '' && existsSync(path));
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath() ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
}

/** The policy that the console must be able to live with: nothing inline, nothing from elsewhere, no eval. */
const strictPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'";

export interface Look {
  readonly width?: number;
  readonly language?: 'en' | 'ar' | 'fr' | 'am' | 'es' | 'pt' | 'sw';
}

/** A person at a browser of their own. Whatever the page complains about is collected in `complaints`. */
export interface Person {
  readonly page: Page;
  readonly complaints: string[];
  /** Goes to the start page and continues as this persona; ends on the list of cases. */
  signIn(persona: string): Promise<void>;
  /** Accessibility violations by any rule of axe, sideways scrolling, untranslated direction: empty when the page is well. */
  flaws(name: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** `place` is where a workspace is, such as /w/…; the default one is at the root. */
export async function openPerson(
  browser: Browser,
  origin: string,
  look: Look = {},
  place = '',
): Promise<Person> {
  const { width = 1280, language = 'en' } = look;
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height: 900 },
    locale: language,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    // A refusal that the test asked for shows up as a failed resource too.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
      complaints.push(`request to ${request.url()}`);
  });
  await context.route(
    ({ pathname }) => /^(\/w\/[a-z0-9]+)?\/($|cases|tasks|my|building-blocks|accesses)/.test(pathname),
    async (route) => {
      if (route.request().resourceType() !== 'document') return route.fallback();
      const response = await route.fetch({ maxRedirects: 0, maxRetries: 2 });
      return route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': strictPolicy },
      });
    },
  );
  return {
    page,
    complaints,
    signIn: async (persona) => {
      await page.goto(`${origin}${place}/`);
      await page.locator(`a.button[href*="persona=${persona}"]`).click();
      const card = page.locator(`button[value="${persona}"]`);
      await page.locator('summary.persona, button[name="persona"]').first().waitFor();
      if (new URL(page.url()).pathname.includes('/login/')) await card.click();
      await page.locator('summary.persona').waitFor();
      await page.goto(`${origin}${place}/cases`);
      await page.locator('summary.persona').waitFor();
    },
    flaws: async (name) => {
      await page.locator('.loading').waitFor({ state: 'detached' });
      await photograph(page, `${name}-${width}-${language}`);
      await page.evaluate(axe);
      const found = await page.evaluate<string[]>(
        `axe.run(document).then(({ violations }) => violations
           .map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`,
      );
      const sideways = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (sideways > 0) found.push(`scrolls sideways by ${sideways} px`);
      const direction = await page.evaluate('document.documentElement.dir');
      if (direction !== (language === 'ar' ? 'rtl' : 'ltr')) found.push(`direction is ${String(direction)}`);
      return found.map((flaw) => `${name} (${width}, ${language}): ${flaw}`);
    },
    close: () => context.close(),
  };
}

/** Pictures of every page, for people to look at: SCREENSHOTS names the folder. */
async function photograph(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined || folder === '') return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
