/** Wakes an advance in this process when a signal arrives for the run it is working on. */
export interface Nudges {
  wait(run: string): { promise: Promise<void>; cancel(): void };
  nudge(run: string): void;
}

export function createNudges(): Nudges {
  const waiting = new Map<string, Set<() => void>>();
  return {
    wait: (run) => {
      let resolve: () => void = () => undefined;
      const promise = new Promise<void>((settle) => {
        resolve = settle;
      });
      const waiters = waiting.get(run) ?? new Set();
      waiting.set(run, waiters.add(resolve));
      return {
        promise,
        cancel: () => {
          waiters.delete(resolve);
          if (waiters.size === 0) waiting.delete(run);
        },
      };
    },
    nudge: (run) => {
      for (const resolve of waiting.get(run) ?? []) resolve();
    },
  };
}
