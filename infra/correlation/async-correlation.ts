import { AsyncLocalStorage } from 'node:async_hooks';
import type { Correlation } from '../../contracts/correlation.js';

/** Follows the work through promises and callbacks of this process. */
export function createCorrelation(): Correlation {
  const storage = new AsyncLocalStorage<string>();
  return {
    current: () => storage.getStore(),
    within: (id, work) => (id === undefined ? work() : storage.run(id, work)),
  };
}
