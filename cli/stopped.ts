const CLOSING_MS = 3_000;

/**
 * Ends the process after it drained. What could not be finished in time may never end by itself: the stores are closed
 * for as long as that takes no longer than a moment, and the next start goes on as after a crash.
 */
export async function stopped(drained: Promise<boolean>, close: () => Promise<void>): Promise<void> {
  if (await drained) return;
  process.stderr.write('Not everything in hand was finished in time; the next start goes on with it.\n');
  const late = setTimeout(() => process.exit(0), CLOSING_MS);
  await close().catch(() => undefined);
  clearTimeout(late);
  process.exit(0);
}
