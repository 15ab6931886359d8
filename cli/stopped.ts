const CLOSING_MS = 3_000;
/** As of every command that ended otherwise than expected. */
const CUT_SHORT = 1;

/**
 * Ends the process after it drained. What could not be finished in time may never end by itself: then this says so, the
 * stores are closed for as long as that takes no longer than a moment, and the process ends with 1. Nothing is lost: the
 * next start goes on as after a crash.
 */
export async function stopped(
  drained: Promise<boolean>,
  close: () => Promise<void>,
  boundMs: number,
): Promise<void> {
  if (await drained) return;
  process.stderr.write(
    `Not everything in hand was finished within ${Math.round(boundMs / 1000)} s (SANDBOX_DRAIN_SECONDS). It is kept: the next start goes on with it.\n`,
  );
  const late = setTimeout(() => process.exit(CUT_SHORT), CLOSING_MS);
  await close().catch(() => undefined);
  clearTimeout(late);
  process.exit(CUT_SHORT);
}
