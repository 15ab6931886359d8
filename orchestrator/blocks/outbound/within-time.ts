/**
 * Runs a piece of work under a signal that aborts when the time is up. Unlike `AbortSignal.timeout`, nothing of it is
 * left behind once the work is done: thousands of calls a second would each keep a timer for its whole length.
 */
export async function withinTime<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, milliseconds);
  timer.unref();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
