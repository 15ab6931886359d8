/**
 * `npm run slow-phone`: a person with a slow phone (360 wide, processor four times slower, 400 kbit/s) who has never been
 * here opens the first page, waits until its code has come, and signs in. One embedded sandbox and one Chromium on this
 * machine; the median of several visits. Exits 1 when a first view takes more than 2 s or more than 200 KB.
 * Usage: npm run slow-phone -- [--visits 5] [--latency 100] [--language en]; --latency: milliseconds of each round trip.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { openCrashSession } from '../crash/crash-session.js';
import { chromiumPath } from '../e2e/browser.js';

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '5' },
    latency: { type: 'string', default: '100' },
    language: { type: 'string', default: 'en' },
  },
});
const BYTES_PER_SECOND = 400_000 / 8;
const SLOW_DOWN = 4;
const LONGEST_MS = 2_000;
const MOST_BYTES = 200_000;

const SIGN_IN = 'a.button[href*="persona=amina"]';
const APPLY = 'a[href="/my/new/usct/application"]';
/** The date comes with the code. */
const CODE = '.clock';

interface Visit {
  /** Milliseconds from the address until a persona can be chosen. */
  readonly usable: number;
  /** Until the code of the page has come and runs. */
  readonly taken: number;
  /** From the click on a persona until their first service can be asked for. */
  readonly signedIn: number;
  /** Bytes on the wire until it is usable, and until nothing more comes. */
  readonly bytes: number;
  readonly allBytes: number;
}

/** What can be seen, and whose centre takes a click, is usable. In words of the page: see stopwatch.ts. */
const takesClicks = `(selector) => {
  const found = document.querySelector(selector);
  if (found === null || found.getClientRects().length === 0) return false;
  found.scrollIntoView({ block: 'center' });
  const { left, top, width, height } = found.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, top + height / 2);
  return found.contains(hit) && performance.now();
}`;

/** Milliseconds since the page was asked for. */
async function usable(page: Page, selector: string): Promise<number> {
  const seen = await page.waitForFunction<number | false>(
    `(${takesClicks})(${JSON.stringify(selector)})`,
    undefined,
    {
      polling: 'raf',
    },
  );
  return Number(await seen.jsonValue());
}

async function visit(origin: string): Promise<Visit> {
  const browser = await chromium.launch({
    executablePath: chromiumPath() ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: values.language,
    // The stopwatch is a text, which the pages would not run.
    bypassCSP: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: Number(values.latency),
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  let allBytes = 0;
  devtools.on('Network.dataReceived', ({ encodedDataLength }) => {
    allBytes += encodedDataLength;
  });
  await page.goto(`${origin}/`, { waitUntil: 'commit' });
  const usableAt = await usable(page, SIGN_IN);
  const bytes = allBytes;
  const taken = await usable(page, CODE);
  await page.waitForLoadState('networkidle');
  const whole = allBytes;
  const clicked = Date.now();
  await page.locator(SIGN_IN).click();
  await page.locator(APPLY).waitFor();
  const signedIn = Date.now() - clicked;
  await browser.close();
  return { usable: usableAt, taken, signedIn, bytes, allBytes: whole };
}

function median(of: readonly number[]): number {
  return [...of].sort((one, other) => one - other)[Math.floor(of.length / 2)] ?? Number.NaN;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)} before`);
const session = await openCrashSession();
const publicUrl = session.sandbox.origin.replace('127.0.0.1', 'localhost');
const visits: Visit[] = [];
// The first draws for the first time; whoever comes first in a workshop is the trainer.
await visit(publicUrl);
for (let count = 0; count < Number(values.visits); count += 1) visits.push(await visit(publicUrl));
await session.close();

const all = (of: keyof Visit): readonly number[] => visits.map((one) => one[of]);
const told = (of: keyof Visit): string =>
  `${Math.round(median(all(of)))} ms (${Math.round(Math.min(...all(of)))}-${Math.round(Math.max(...all(of)))})`;
say(`a first view, usable:          ${told('usable')}, ${(median(all('bytes')) / 1_000).toFixed(0)} KB`);
say(
  `its code has come:             ${told('taken')}, ${(median(all('allBytes')) / 1_000).toFixed(0)} KB in all`,
);
say(`from a persona to their page:  ${told('signedIn')}`);
if (median(all('usable')) > LONGEST_MS || median(all('allBytes')) > MOST_BYTES) process.exitCode = 1;
