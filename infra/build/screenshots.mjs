// Pictures of every page, left to right and right to left, wide and on a phone: `npm run screenshots`.
// Starts a sandbox of its own with the demo, or looks at the one that --url names. --out names the folder.
// With the folder of the documentation it also writes docs/reference/screens.md.
// Says what axe-core finds on each page, and which page scrolls sideways.
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
const first = '.case-table tbody th a';
const last = '.case-table tbody tr:last-child th a';
const MAKER = 'payments-maker-ines';
/** The pages; `open` goes on from the list to a thing in it, `at` brings a part of the page into view, `act` does more. */
const pages = [
  { name: 'start', path: '/', says: 'Whom one may be' },
  { name: 'use-cases', path: '/use-cases', says: 'The catalogue' },
  { name: 'reuse', path: '/use-cases', at: '#reuse', says: 'Which building blocks services share' },
  { name: 'use-case', path: '/use-cases/usct', says: 'A service, step by step' },
  { name: 'specified', path: '/use-cases/inst-2', says: 'A service that is specified only' },
  { name: 'cases', path: '/cases', as: TRAINER, says: 'The cases' },
  { name: 'case', path: '/cases', as: TRAINER, open: last, says: 'A case' },
  {
    name: 'trouble',
    path: '/cases?kind=payment-cycle',
    as: TRAINER,
    open: first,
    says: 'A case while payments are down',
  },
  { name: 'story', path: '/cases', as: TRAINER, open: last, then: '/story', says: 'The story of a case' },
  { name: 'report', path: '/cases', as: TRAINER, open: last, then: '/report', says: 'The report on a case' },
  { name: 'story-file', path: '/story/open', says: 'A story from a file' },
  { name: 'present', path: '/present/usct', as: TRAINER, says: 'Before a talk' },
  {
    name: 'talk',
    path: '/present/usct',
    as: TRAINER,
    says: 'In a talk',
    act: (tab) => talk(tab, '.talk-picture'),
  },
  {
    name: 'savings',
    path: '/present/usct',
    as: TRAINER,
    says: 'The end of a talk',
    act: (tab) => talk(tab, '.savings'),
  },
  { name: 'notes', path: '/present/usct?notes', as: TRAINER, says: 'What the speaker sees', act: besideTalk },
  { name: 'my', path: '/my', as: 'amina', says: 'What a citizen sees' },
  { name: 'apply', path: '/my/new/usct/application', as: 'omar', says: 'A form, question by question' },
  {
    name: 'follow',
    path: '/my',
    as: 'amina',
    open: '.my-case:has-text("USCT-A")',
    says: 'How her case stands',
  },
  { name: 'my-payments', path: '/my/payments', as: 'amina', says: 'Her payments' },
  { name: 'my-messages', path: '/my/messages', as: 'amina', says: 'Her messages' },
  { name: 'accesses', path: '/accesses', as: 'amina', says: 'Who read her data' },
  { name: 'tasks', path: '/tasks', as: TRAINER, says: 'What waits for people' },
  {
    name: 'task',
    path: '/tasks',
    as: MAKER,
    open: '.task-row a.button-main',
    says: 'What an officer decides',
  },
  { name: 'new-case', path: '/cases/new/usct/payment-cycle', as: MAKER, says: 'A case begun by an officer' },
  { name: 'runs', path: '/runs', as: TRAINER, says: 'The runs of the workflows' },
  { name: 'run', path: '/runs?workflow=application', as: TRAINER, open: first, says: 'A run' },
  { name: 'run-file', path: '/runs/file', as: TRAINER, says: 'A run from a file' },
  { name: 'messages', path: '/messages', as: TRAINER, says: 'Messages as people got them' },
  { name: 'building-blocks', path: '/building-blocks', as: TRAINER, says: 'The building blocks' },
  {
    name: 'building-block',
    path: '/building-blocks/payments',
    as: TRAINER,
    says: 'Payments, broken on purpose',
  },
  { name: 'workspace', path: '/workspace', as: TRAINER, says: 'The workspace' },
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
  if (sandbox !== undefined) await breakPayments();
  for (const look of looks) await photographAll(look);
} finally {
  await browser.close();
  await sandbox?.stop();
}
if (values.out === 'docs/images/screens' && values.only === undefined)
  await writeFile('docs/reference/screens.md', gallery());
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
      const from = tab.url();
      await tab.locator(page.open).first().click();
      await tab.waitForURL((url) => url.href !== from);
      await settled(tab);
    }
    if (page.then !== undefined) {
      await tab.goto(`${tab.url()}${page.then}`);
      await settled(tab);
    }
    if (page.act !== undefined) await page.act(tab);
    if (page.at !== undefined) await tab.locator(page.at).evaluate((part) => part.scrollIntoView());
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

/** Prepares the talk and goes on in it, slide by slide, to the first one with such a part. */
async function talk(tab, part) {
  while ((await tab.locator('.talk').count()) === 0) {
    const prepare = tab.locator('.button-main:enabled').first();
    await Promise.race([prepare.waitFor(), tab.locator('.talk').waitFor()]);
    if ((await tab.locator('.talk').count()) > 0) break;
    await prepare.click();
    await Promise.race([
      tab
        .locator('.button-main:disabled')
        .waitFor({ timeout: 5_000 })
        .catch(() => undefined),
      tab
        .locator('.talk')
        .waitFor({ timeout: 5_000 })
        .catch(() => undefined),
    ]);
    await tab.locator('.button-main:disabled').waitFor({ state: 'detached', timeout: 120_000 });
  }
  for (let slides = 0; slides < 60 && (await tab.locator(part).count()) === 0; slides += 1) {
    await tab.keyboard.press('PageDown');
    await settled(tab);
  }
  await tab.locator(part).first().waitFor();
}

/** The talk is in one window, the speaker's notes in another. */
async function besideTalk(tab) {
  const stage = await tab.context().newPage();
  await stage.goto(`${origin}/present/usct`);
  await settled(stage);
  await talk(stage, '.talk-picture');
  const at = new URL(stage.url());
  await tab.goto(`${at.origin}${at.pathname}?notes`);
  await settled(tab);
  await stage.close();
}

/** A payment cycle that cannot go on since nobody answers for payments, and another one that waits for its maker. */
async function breakPayments() {
  const trainer = await apiAs(TRAINER);
  const maker = await apiAs('payments-maker-ines');
  const open = (cycle) =>
    maker('/cases', {
      useCase: 'usct',
      kind: 'payment-cycle',
      input: { programme: 'usct', cycle, repeat: false },
    });
  await trainer('/blocks/payments/faults', { kind: 'outage' });
  await open('2027-05');
  const stuck = await open('2027-07');
  for (let tries = 0; tries < 400; tries += 1) {
    if ((await trainer(`/cases/${stuck.case.id}`)).case.trouble !== undefined) return;
    const { tasks } = await maker('/tasks');
    const task = tasks.find(({ caseId, state }) => caseId === stuck.case.id && state !== 'completed');
    if (task !== undefined) await maker(`/tasks/${task.id}/complete`, { data: { decision: 'submit' } });
    await sleep(500);
  }
  throw new Error('The payment cycle did not get into trouble.');
}

async function apiAs(username) {
  const answer = await fetch(`${origin}/realms/govstack/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: 'sandbox-cli',
      username,
      password: username,
    }),
  });
  const { access_token: token } = await answer.json();
  return async (path, body) => {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
}

/** The page of the documentation that shows them. */
function gallery() {
  const picture = (name, says, language, width) =>
    `![${says}](../images/screens/${name}-${language}-${width}.jpg)`;
  const parts = pages.map(({ name, path, says }) =>
    [
      `## ${says}`,
      `\`${path}\``,
      picture(name, `${says}, in English`, 'en', 1280),
      picture(name, `${says}, in Arabic`, 'ar', 1280),
      `${picture(name, `${says}, on a phone, in English`, 'en', 360)} ${picture(name, `${says}, on a phone, in Arabic`, 'ar', 360)}`,
    ].join('\n\n'),
  );
  const head = [
    '# Screens',
    'Every page of the console, left to right and right to left, on a desk and on a phone. The pictures and this page come from `npm run screenshots`. Training, not real: nobody in them exists.',
  ];
  return `${[...head, ...parts].join('\n\n')}\n`;
}

async function settled(tab) {
  await tab.locator('main').waitFor();
  await tab.locator('.loading').waitFor({ state: 'detached' });
  await tab.evaluate('document.fonts.ready.then(() => true)');
  // Texts and streams arrive after the page: it is settled once it stays the same for a while.
  for (let before = '', same = 0; same < 3;) {
    const now = await tab.locator('main').innerHTML();
    same = now === before ? same + 1 : 0;
    before = now;
    await sleep(150);
  }
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
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  // It invites to stop it once the demo has been played; it is quiet between two steps of the demo too.
  let played = false;
  child.stdout.setEncoding('utf8').on('data', (text) => {
    played ||= text.includes('Ctrl+C');
  });
  const until = Date.now() + 180_000;
  while (!played || !(await ready())) {
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

/** Ready, and nothing is under way any more. */
async function ready() {
  const answer = await globalThis.fetch(`http://localhost:${values.port}/ready`).catch(() => undefined);
  if (answer?.ok !== true) return false;
  return (await answer.json()).quiet === true;
}
