import { constants } from 'node:os';

export interface Stop {
  /** Resolves when somebody asks this process to stop: Ctrl+C, or SIGTERM. Who asks a second time does not wait: it ends, with 143 or 130, and says so. */
  readonly asked: Promise<void>;
  /** Listens no longer: what was to be stopped has ended, and the process may go on with something else. */
  forget(): void;
}

const AT_ONCE =
  'Asked a second time: ended at once. What was in hand is not finished; what is stored of it is taken up at the next start.\n';
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export function stopOnSignals(): Stop {
  let heard = false;
  let hear = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    hear = resolve;
  });
  const listeners = SIGNALS.map((signal) => ({
    signal,
    listener: (): void => {
      if (heard) {
        process.stderr.write(AT_ONCE);
        process.exit(128 + constants.signals[signal]);
      }
      heard = true;
      hear();
    },
  }));
  for (const { signal, listener } of listeners) process.on(signal, listener);
  return {
    asked,
    forget: () => {
      for (const { signal, listener } of listeners) process.off(signal, listener);
    },
  };
}
