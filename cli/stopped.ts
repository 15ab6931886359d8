import type { DrainEnd } from '../contracts/drain-end.js';

const CLOSING_MS = 3_000;
/** As of every command that ended otherwise than expected. */
const CUT_SHORT = 1;

/**
 * Ends the process after it drained, and says in one line what was left. What could not be finished in time may never
 * end by itself: then the stores are closed for as long as that takes no longer than a moment, and the process ends
 * with 1. Nothing is lost: the next start goes on as after a crash.
 */
export async function stopped(
  drained: Promise<DrainEnd>,
  close: () => Promise<void>,
  boundMs: number,
): Promise<void> {
  const end = await drained;
  const line = leftOver(end, boundMs);
  if (line !== undefined) process.stderr.write(`${line}\n`);
  if (end.finished) return;
  const late = setTimeout(() => process.exit(CUT_SHORT), CLOSING_MS);
  await close().catch(() => undefined);
  clearTimeout(late);
  process.exit(CUT_SHORT);
}

/** What people are told about an end that left something; undefined when it left nothing. */
export function leftOver({ finished, left }: DrainEnd, boundMs: number): string | undefined {
  const parts = [
    counted(left.requests, 'request'),
    counted(left.jobs, 'job in hand', 'jobs in hand'),
    counted(left.queued, 'job in the queue', 'jobs in the queue'),
  ].filter((part) => part !== undefined);
  const what = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  if (!finished)
    return `Not everything in hand was finished within ${Math.round(boundMs / 1000)} s (SANDBOX_DRAIN_SECONDS)${what}. It is kept: the next start goes on with it.`;
  return parts.length === 0 ? undefined : `Left for the next start, which goes on with it${what}.`;
}

function counted(count: number, one: string, many = `${one}s`): string | undefined {
  return count === 0 ? undefined : `${count} ${count === 1 ? one : many}`;
}
