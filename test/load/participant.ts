import type { Browser, Page } from 'playwright-core';
import { omar } from '../e2e/applicants.js';
import { give, type Answers } from '../e2e/citizen.js';
import { createStopwatch, noteClicks, type Stopwatch } from './stopwatch.js';

export interface Participant {
  readonly stopwatch: Stopwatch;
  /** Answers of the server that no page asked for: 429 and 5xx; and what pages complain of. */
  readonly complaints: readonly string[];
  /** From the address typed to the first page, in milliseconds. */
  arrive(): Promise<number>;
  act(): Promise<void>;
  close(): Promise<void>;
}

interface ParticipantDeps {
  readonly browser: Browser;
  /** Where the participant's workspace begins, without a slash at its end. */
  readonly place: string;
  /** What a person takes to read and to type before a click. */
  readonly think: () => Promise<void>;
}

const PATIENCE_MS = 60_000;
const byDocuments: Answers = {
  '-decision': 'verified-by-documents',
  '-evidence': 'Family book 4711, seen',
  '-dependants': '3',
  '-monthlyIncome': '40',
  '-landHectares': '0',
};

/**
 * Somebody in a workshop: applies as a citizen, refuses consent, decides as two officers, and follows the case. Goes by
 * addresses, ids and values, through the screens alone.
 */
export async function openParticipant({ browser, place, think }: ParticipantDeps): Promise<Participant> {
  // The policy of the pages forbids the stopwatch to look.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  await noteClicks(context);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('response', (response) => {
    if (response.status() === 429 || response.status() >= 500)
      complaints.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
  const stopwatch = createStopwatch(page);
  const click = async (kind: string, target: string, shows: string, at?: string): Promise<void> => {
    const control = page.locator(target).first();
    await control.waitFor();
    await think();
    await stopwatch.click(kind, () => control.click(), { shows, ...(at === undefined ? {} : { at }) });
  };
  const become = async (persona: string, at: string): Promise<void> => {
    await click('open the menu of persons', 'summary.persona', 'a.persona-choice');
    await click('become somebody else', `a.persona-choice[href*="persona=${persona}"]`, 'main h1', at);
  };
  const decide = async (answers: Answers): Promise<void> => {
    const first = '.task-row a.button-main';
    await stopwatch.wait('the task of an officer', { shows: first });
    await click('open a task', first, '.task form [id$="-title"]');
    await click(
      'reserve it',
      '.task-facts button',
      '.task-facts .badge:nth-of-type(3), .task-facts .badge ~ .badge',
    );
    const form = (await page.locator('.task form [id$="-title"]').getAttribute('id')) ?? '';
    for (const [pointer, value] of Object.entries(answers))
      await give(page, form.replace(/-title$/, pointer), value);
    await click('decide', '.task form button[type=submit]', '.case-facts', '/cases/case-');
  };
  return {
    stopwatch,
    complaints,
    arrive: async () => {
      const begun = performance.now();
      await page.goto(`${place}/`);
      await page.locator('a.button[href*="persona=omar"]').waitFor();
      return performance.now() - begun;
    },
    act: async () => {
      await click('sign in', 'a.button[href*="persona=omar"]', 'a[href$="/my/new/usct/application"]', '/my$');
      await click('open a form', 'a[href$="/my/new/usct/application"]', '.question');
      await fillIn(page, click);
      await click('send it', '.questions button[type=submit]', '.my-now', '/my/cases/case-');
      await stopwatch.wait('the question for consent', { shows: 'a.my-task' });
      await click('open a task', 'a.my-task', '.question input[value=refused]');
      await page.locator('.question input[value=refused]').check();
      await click('answer it', '.questions button[type=submit]', '.my-now', '/my/cases/case-');
      const ownCase = new URL(page.url()).pathname;
      await become('case-officer-lin', '/tasks$');
      await decide(byDocuments);
      await become('enrollment-officer-nour', '/tasks$');
      await decide({ '-route': 'voucher', '-note': 'The mobile team comes on Mondays.' });
      await stopwatch.wait('the card of the programme', { shows: '.programme-card' });
      await become('omar', '/my$');
      const own = `a[href="${ownCase}"]`;
      await click('follow the case', own, '.programme-card', '/my/cases/case-');
      await click('open a page', 'a[href$="/accesses"]', '#who-may', '/accesses$');
      await click('open a page', '.nav a[href$="/my"]', own, '/my$');
      await click('open a page', 'a[href$="/my/messages"]', '.bubble', '/my/messages$');
    },
    close: () => context.close(),
  };
}

/** Question by question, up to the list of all answers. */
async function fillIn(
  page: Page,
  click: (kind: string, target: string, shows: string) => Promise<void>,
): Promise<void> {
  const ids = Object.keys(omar).map((pointer) => `apply${pointer}`);
  while ((await page.locator('.check').count()) === 0) {
    const id = await page.evaluate<string | undefined>(
      `${JSON.stringify(ids)}.find((one) => document.getElementById(one))`,
    );
    if (id !== undefined) await give(page, id, omar[id.replace(/^apply/, '')] ?? '');
    const at = Number(await page.locator('.questions-bar').getAttribute('value'));
    const next = `.questions-bar[value="${at + 1}"], .check`;
    await click('next question', '.questions button[type=submit]', next);
  }
}
