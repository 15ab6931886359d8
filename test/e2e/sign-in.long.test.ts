import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { lanAddress } from '../../cli/share/lan-address.js';
import { prepareKeycloak } from '../contract/keycloak-admin.js';
import { withService } from '../contract/services.js';
import { inBrowser, openStage, type Stage } from './stage.js';

/** Signing in and out in Chromium: by persona and by national identity, from this machine and over its network. */
jest.setTimeout(240_000);

interface Look {
  readonly width: number;
  readonly locale: 'en' | 'ar';
}
const looks: readonly Look[] = [
  { width: 1280, locale: 'en' },
  { width: 390, locale: 'ar' },
];
const places = ['loopback', 'network'] as const;

const providers: (readonly [string, string | undefined])[] = [['the embedded provider', undefined]];
withService('sign-in in Chromium with Keycloak', 'SANDBOX_TEST_KEYCLOAK_URL', (url) => {
  providers.push(['Keycloak', url]);
});
const cases = providers.flatMap(([name, url]) => places.map((place) => [name, place, url] as const));

inBrowser.each(cases)('signing in in Chromium with %s, by %s', (name, place, keycloak) => {
  let stage: Stage;
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    stage = await openStage('sign-in-e2e', {
      environment: keycloak === undefined ? {} : { KEYCLOAK_URL: keycloak },
      share: place === 'network' ? lanAddress() : undefined,
    });
    const { origin: publicUrl, session } = stage;
    if (keycloak !== undefined) await prepareKeycloak({ keycloak, publicUrl, session });
  });

  afterAll(() => stage.close());

  async function open({ width, locale }: Look): Promise<Page> {
    const context = await stage.browser.newContext({
      viewport: { width, height: 900 },
      locale,
      reducedMotion: 'reduce',
    });
    contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' && message.text().includes('Content Security Policy'))
        complaints.push(message.text());
    });
    return page;
  }

  async function flaws(page: Page, look: Look, what: string): Promise<void> {
    const shots = process.env['SCREENSHOTS'];
    if (shots !== undefined && shots !== '') {
      await mkdir(shots, { recursive: true });
      const provider = name === 'Keycloak' ? 'keycloak' : 'embedded';
      await page.screenshot({
        path: join(shots, `${provider}-${place}-${what}-${look.width}-${look.locale}.png`),
        fullPage: true,
      });
    }
    const sideways = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect([what, look, sideways]).toEqual([what, look, 0]);
    const direction = await page.evaluate<string>('getComputedStyle(document.body).direction');
    expect([what, look, direction]).toEqual([what, look, look.locale === 'ar' ? 'rtl' : 'ltr']);
  }

  /** To the provider's first page, in the language of the browser. */
  async function leave(page: Page, { locale }: Look): Promise<void> {
    await page.goto(`${stage.origin}/auth/login?returnTo=/cases&lang=${locale}`);
    await page.waitForURL((url) => url.pathname.includes('/realms/govstack/'));
  }

  async function choose(page: Page, persona: string): Promise<void> {
    if (keycloak === undefined) await page.locator(`button[value="${persona}"]`).click();
    else {
      await page.locator('input[name="username"]').fill(persona);
      await page.locator('input[name="password"]').fill(persona);
      await page.locator('[type="submit"]').first().click();
    }
    await page.waitForURL((url) => url.origin === stage.origin && url.pathname.startsWith('/cases'));
    await page.locator('.persona').waitFor();
  }

  const whoIs = (page: Page): Promise<{ username: string; roles: string[]; person?: string } | null> =>
    page.evaluate("fetch('/auth/me').then((answer) => answer.json()).then(({ principal }) => principal)");

  it.each(looks)('shows who one may be, and ends where one wanted to go: %j', async (look) => {
    const page = await open(look);
    await leave(page, look);
    if (keycloak === undefined) {
      const cards = page.locator('.cards button');
      expect(await cards.count()).toBeGreaterThan(8);
      for (const text of await cards.allInnerTexts()) expect(text.length).toBeGreaterThan(60);
    }
    await flaws(page, look, 'sign-in');
    await choose(page, 'amina');
    expect(await whoIs(page)).toMatchObject({ username: 'amina', roles: ['citizen'] });
    const cookies = (await page.context().cookies(stage.origin)).filter(
      ({ name: cookie }) => cookie === 'sandbox_session',
    );
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Lax', secure: false }]);
    expect(await page.evaluate('document.cookie')).not.toContain('sandbox_session');
    await flaws(page, look, 'signed-in');
  });

  it('signs out everywhere: here, in another browser, and at the provider', async () => {
    const [desk, phone] = [await open(looks[0]!), await open(looks[1]!)];
    for (const [page, look] of [
      [desk, looks[0]!],
      [phone, looks[1]!],
    ] as const) {
      await leave(page, look);
      await choose(page, 'case-officer-lin');
    }
    await desk.locator('summary.persona').click();
    await desk.locator('.menu-end button').nth(1).click();
    await desk.waitForURL((url) => url.origin === stage.origin && url.pathname === '/');
    expect(await whoIs(desk)).toBeNull();
    expect(await whoIs(phone)).toBeNull();
    await leave(phone, looks[1]!);
    await expect(phone.locator('form').first().count()).resolves.toBe(1);
  });

  it.each(looks)('lets a citizen in by the national identity, as the citizen they are: %j', async (look) => {
    const page = await open(look);
    await leave(page, look);
    await page.locator('a[href*="national-id"]').click();
    await page.locator('input[name="individualId"]').waitFor();
    await flaws(page, look, 'national-id');
    await page.locator('input[name="individualId"]').fill('2001000017');
    await page.locator('input[name="code"]').fill('111111');
    await page.locator('button[value="sign-in"]').click();
    await page.locator('button[value="permit"]').waitFor();
    await flaws(page, look, 'national-id-consent');
    await page.locator('button[value="permit"]').click();
    await page.waitForURL((url) => url.origin === stage.origin && url.pathname.startsWith('/cases'));
    expect(await whoIs(page)).toMatchObject({
      username: 'amina',
      roles: ['citizen'],
      person: 'person-amina',
    });
  });

  it('leaves nothing behind that a page complained about', async () => {
    expect(complaints).toEqual([]);
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
});
