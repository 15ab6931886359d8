import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DrainEnd } from '../contracts/drain-end.js';
import { inTime } from './in-time.js';
import type { Drain } from './front-door/drain.js';

export interface DrainSandboxDeps {
  readonly drain: Drain;
  readonly server: Server;
  /** True while nothing is in hand; absent where other processes go on with what is left. */
  readonly quiet?: () => Promise<boolean>;
  /** Takes no more jobs, and waits for those in hand. */
  readonly stopWorking: () => Promise<unknown>;
  /** Jobs in hand. */
  readonly jobs: () => number;
  /** Jobs that nobody has begun; absent where other processes go on with them. */
  readonly queued?: () => Promise<number>;
  readonly boundMs: number;
}

const LOOK_EVERY_MS = 50;
/** Of the time there is, so much is for what nobody else would finish; the rest is for what is in hand then. */
const SHARE_FOR_QUEUES = 0.7;
/** Whoever keeps a connection open hears within this time that it ends: with its next answer. */
const GRACE_MS = 300;
/** For answers that are on their way to somebody slow. */
const CLOSING_MS = 1_000;

/**
 * Stops so that nobody notices: takes nothing new, finishes what is in hand, answers who asked, and tells event streams
 * to come again. When the bound cut it short, the next start goes on as after a crash.
 */
export async function drainSandbox(deps: DrainSandboxDeps): Promise<DrainEnd> {
  const { drain, server, quiet, stopWorking, jobs, queued, boundMs } = deps;
  const until = performance.now() + boundMs;
  drain.begin();
  if (quiet !== undefined) await untilQuiet(quiet, performance.now() + boundMs * SHARE_FOR_QUEUES);
  const noticed = sleep(Math.min(GRACE_MS, boundMs));
  const finished = await inTime(
    Promise.all([stopWorking(), noticed.then(() => drain.answered())]),
    until - performance.now(),
  );
  const left = { requests: drain.open(), jobs: jobs(), queued: await counted(queued) };
  const closed = new Promise<void>((resolve) => {
    // Not http's own close: it cuts off connections that it takes for idle, whose request is still on its way.
    NetServer.prototype.close.call(server, () => resolve());
  });
  // Only when nobody can come back here: a browser gives up on a stream that is refused, not on one that is away.
  drain.dismiss();
  await inTime(closed, Math.min(GRACE_MS, boundMs));
  server.closeIdleConnections();
  await inTime(closed, Math.max(until - performance.now(), CLOSING_MS));
  server.closeAllConnections();
  return { finished, left };
}

/** 0 where the queues do not tell in time. */
async function counted(queued: (() => Promise<number>) | undefined): Promise<number> {
  if (queued === undefined) return 0;
  let count = 0;
  await inTime(
    queued().then((number) => (count = number)),
    CLOSING_MS,
  ).catch(() => undefined);
  return count;
}

/** Where the store does not tell, nothing more will be finished by waiting. */
async function untilQuiet(quiet: () => Promise<boolean>, until: number): Promise<void> {
  while (performance.now() < until && !(await quiet().catch(() => true))) await sleep(LOOK_EVERY_MS);
}
