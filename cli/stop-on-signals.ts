import { constants } from 'node:os';

/** Resolves when somebody asks this process to stop: Ctrl+C, or SIGTERM. Who asks a second time does not wait. */
export function stopOnSignals(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (asked) process.exit(128 + constants.signals[signal]);
        asked = true;
        resolve();
      });
  });
}
