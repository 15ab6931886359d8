/**
 * `npm run browsers`: so many people in browsers of their own, each in a workspace of their own as in a workshop, act
 * through the screens at the same time. One embedded sandbox and one Chromium, each in processes of their own, on this
 * machine. Prints how long the screens took to answer; exits 1 when a click failed, or 95 % took more than a second.
 * Usage: npm run browsers -- [--browsers 20] [--think 5000] [--seed N]; --think: milliseconds before a click, on average.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { createAccess } from '../../cli/access.js';
import { createChance } from '../../cli/cohort/random.js';
import { pause } from '../../cli/real-clock.js';
import type { WorkspaceView } from '../../contracts/workspace.js';
import { openCrashSession } from '../crash/crash-session.js';
import { chromiumPath } from '../e2e/browser.js';
import { openParticipant } from './participant.js';
import { readServerPart, requestsBetween } from './server-part.js';
import type { Timed } from './stopwatch.js';

const { values } = parseArgs({
  options: {
    browsers: { type: 'string', default: '20' },
    think: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '2026' },
  },
});
const [many, thinkMs, seed] = [values.browsers, values.think, values.seed].map(Number) as [
  number,
  number,
  number,
];
const TARGET_MS = 1_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const processorBusy = (): number =>
  cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1_000;

/** `p50 12 ms, p95 …` */
function told(times: readonly Timed[]): string {
  const sorted = times.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  const at = (share: number): string => Math.round(quantile(sorted, share)).toString().padStart(5);
  return `${String(sorted.length).padStart(5)} p50 ${at(0.5)} p95 ${at(0.95)} p99 ${at(0.99)} most ${at(1)} ms`;
}

/** By nearest rank; of a sorted list. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function sayByKind(times: readonly Timed[]): void {
  for (const kind of new Set(times.map((one) => one.kind)))
    say(`  ${kind.padEnd(26)} ${told(times.filter((one) => one.kind === kind))}`);
}

say(`${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)} before`);
const session = await openCrashSession();
const { origin } = session.sandbox;
const browser = await chromium.launch({
  executablePath: chromiumPath() ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const chance = createChance(seed);
  const trainer = createAccess({ origin }).as(session.trainer);
  const people = [];
  for (let seat = 1; seat <= many; seat += 1) {
    const { workspace } = await trainer.post<{ workspace: WorkspaceView }>('/workspaces', {
      title: `Seat ${seat}`,
    });
    const think = (): Promise<void> => pause(thinkMs * (0.5 + chance.next()));
    people.push(await openParticipant({ browser, place: workspace.url, think }));
  }
  const [before, busyBefore, begun] = [await readServerPart(origin), processorBusy(), performance.now()];
  const failures: string[] = [];
  const arrivals: Timed[] = [];
  await Promise.all(
    people.map(async (person, seat) => {
      try {
        arrivals.push({ kind: 'first page', milliseconds: await person.arrive() });
        await person.act();
      } catch (error) {
        failures.push(`Seat ${seat + 1}: ${error instanceof Error ? error.message : String(error)}`);
      }
      failures.push(...person.complaints.map((complaint) => `Seat ${seat + 1}: ${complaint}`));
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  const [after, busy] = [await readServerPart(origin), processorBusy() - busyBefore];
  const clicks = people.flatMap(({ stopwatch }) => stopwatch.clicks);
  const requests = requestsBetween(before, after);
  const slow = clicks.filter(({ milliseconds }) => milliseconds > TARGET_MS).length;

  say(`${many} browsers acted for ${seconds.toFixed(0)} s, ${thinkMs} ms before a click on average`);
  say(`From click to answer         ${told(clicks)}; ${slow} above a second, ${failures.length} failed`);
  sayByKind(clicks);
  say(`First page, all at once      ${told(arrivals)}`);
  say('What a case took to go on by itself, as the screen showed it:');
  sayByKind(people.flatMap(({ stopwatch }) => stopwatch.waits));
  say(
    `The server's part: ${requests.count} API requests, half within ${requests.within(0.5)} ms, 95 % within ${requests.within(0.95)} ms, 99 % within ${requests.within(0.99)} ms`,
  );
  say(
    `Processor: the sandbox ${(after.processorSeconds - before.processorSeconds).toFixed(0)} s, everything on this machine ${busy.toFixed(0)} s of ${(seconds * cpus().length).toFixed(0)} s; the sandbox has ${Math.round(after.memory / 1024 ** 2)} MiB`,
  );
  for (const failure of failures.slice(0, 10)) say(failure);
  const sorted = clicks.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  if (failures.length > 0 || !(quantile(sorted, 0.95) <= TARGET_MS)) process.exitCode = 1;
} finally {
  await browser.close();
  await session.close();
}
