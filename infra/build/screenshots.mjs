// Pictures of every page, left to right and right to left, wide and on a phone: `npm run screenshots`.
// Starts a sandbox of its own with the demo, or looks at the one that --url names. --out names the folder.
// Says what axe-core finds on each page, and which page scrolls sideways.
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    out: { type: 'string', default: 'docs/images/screens' },
    port: { type: 'string', default: '4790' },
    only: { type: 'string' },
  },
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
if (executablePath === undefined) throw new Error('No Chromium here: name one in CHROMIUM.');

const TRAINER = 'trainer-yuki';
/** The pages; `open` goes on from the list to the first thing in it. */
const pages = [
  { name: 'start', path: '/' },
  { name: 'use-cases', path: '/use-cases' },
  { name: 'use-case', path: '/use-cases/usct' },
  { name: 'specified', path: '/use-cases/inst-2' },
  { name: 'cases', path: '/cases', as: TRAINER },
  { name: 'case', path: '/cases', as: TRAINER, open: '.case-table tbody th a' },
  {
    name: 'story',
    path: '/cases',
    as: TRAINER,
    open: '.case-table tbody tr:last-child th a',
    then: '/story',
  },
  {
    name: 'report',
    path: '/cases',
    as: TRAINER,
    open: '.case-table tbody tr:last-child th a',
    then: '/report',
  },
  { name: 'present', path: '/present/usct', as: TRAINER },
  { name: 'my', path: '/my', as: 'amina' },
  { name: 'my-payments', path: '/my/payments', as: 'amina' },
  { name: 'my-messages', path: '/my/messages', as: 'amina' },
  { name: 'tasks', path: '/tasks', as: TRAINER },
  { name: 'accesses', path: '/accesses', as: 'amina' },
  { name: 'runs', path: '/runs', as: TRAINER },
  { name: 'run', path: '/runs?workflow=application', as: TRAINER, open: '.case-table tbody th a' },
  { name: 'run-file', path: '/runs/file', as: TRAINER },
  { name: 'messages', path: '/messages', as: TRAINER },
  { name: 'building-blocks', path: '/building-blocks', as: TRAINER },
  { name: 'building-block', path: '/building-blocks/payments', as: TRAINER },
  { name: 'workspace', path: '/workspace', as: TRAINER },
].filter(({ name }) => values.only === undefined || values.only.split(',').includes(name));
const looks = [
  { language: 'en', width: 1280, height: 800 },
  { language: 'ar', width: 1280, height: 800 },
  { language: 'en', width: 360, height: 740 },
  { language: 'ar', width: 360, height: 740 },
];

await mkdir(values.out, { recursive: true });
const sandbox = values.url === undefined ? await startSandbox() : undefined;
const origin = values.url ?? `http://localhost:${values.port}`;
const browser = await chromium.launch({ executablePath });
let flaws = 0;
try {
  for (const look of looks) await photographAll(look);
} finally {
  await browser.close();
  await sandbox?.stop();
}
console.log(`${pages.length * looks.length} pictures in ${values.out}; ${flaws} flaws.`);

async function photographAll({ language, width, height }) {
  const sessions = new Map();
  for (const page of pages) {
    const context =
      sessions.get(page.as) ??
      (await browser.newContext({
        viewport: { width, height },
        locale: language,
        reducedMotion: 'reduce',
        colorScheme: 'light',
      }));
    if (!sessions.has(page.as) && page.as !== undefined) await signIn(context, page.as);
    sessions.set(page.as, context);
    const tab = await context.newPage();
    await tab.goto(`${origin}${page.path}`);
    await settled(tab);
    if (page.open !== undefined) {
      await tab.locator(page.open).first().click();
      await settled(tab);
    }
    if (page.then !== undefined) {
      await tab.goto(`${tab.url()}${page.then}`);
      await settled(tab);
    }
    const name = `${page.name}-${language}-${width}`;
    // Full of detail as pages are, JPEG keeps them small enough for a repository.
    await tab.screenshot({ path: join(values.out, `${name}.jpg`), type: 'jpeg', quality: 60 });
    for (const flaw of await flawsOf(tab)) {
      flaws += 1;
      console.log(`${name}: ${flaw}`);
    }
    await tab.close();
  }
  for (const context of sessions.values()) await context.close();
}

async function settled(tab) {
  await tab.locator('main').waitFor();
  await tab.locator('.loading').waitFor({ state: 'detached' });
  await tab.waitForFunction('document.fonts.status === "loaded"');
}

async function signIn(context, persona) {
  const tab = await context.newPage();
  await tab.goto(`${origin}/`);
  await tab.locator(`a[href*="persona=${persona}"]`).first().click();
  const arrived = (url) => /^\/(my|tasks|cases)/.test(url.pathname);
  await tab.waitForURL((url) => arrived(url) || url.pathname.includes('/login/'));
  if (!arrived(new URL(tab.url()))) await tab.locator(`button[value="${persona}"]`).click();
  await tab.locator('.persona').waitFor();
  await tab.close();
}

async function flawsOf(tab) {
  await tab.evaluate(axe);
  const found = await tab.evaluate(
    `axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) =>
       id + ': ' + nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(', ')))`,
  );
  const sideways = await tab.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return sideways > 0 ? [...found, `scrolls sideways by ${sideways} px`] : found;
}

async function startSandbox() {
  const data = await mkdtemp(join(tmpdir(), 'sandbox-screens-'));
  const child = spawn(
    process.execPath,
    ['dist/cli/main.js', 'up', '--demo', '--port', values.port, '--data', data],
    { stdio: 'ignore' },
  );
  const until = Date.now() + 180_000;
  while (!(await ready())) {
    if (Date.now() > until || child.exitCode !== null) throw new Error('The sandbox did not start.');
    await sleep(500);
  }
  return {
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Ready, and nothing is under way any more: the demo has been played. */
async function ready() {
  const answer = await globalThis.fetch(`http://localhost:${values.port}/ready`).catch(() => undefined);
  if (answer?.ok !== true) return false;
  return (await answer.json()).quiet === true;
}
