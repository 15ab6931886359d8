/** Resolves when somebody asks this process to stop: Ctrl+C, or SIGTERM. */
export function stopOnSignals(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
