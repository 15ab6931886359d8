import type { RunLocks } from '../../contracts/run-lock.js';

/** Locks for one process: the embedded profile, where nobody else can hold the data folder. */
export function createLocalLocks(): RunLocks {
  const held = new Set<string>();
  return {
    shared: false,
    withLock: async (name, work) => {
      if (held.has(name)) return 'busy';
      held.add(name);
      try {
        await work();
        return 'done';
      } finally {
        held.delete(name);
      }
    },
  };
}
