/**
 * A store (journal, documents, queue, locks) cannot be used just now: the server is down, out of room, or being
 * restarted. Adapters raise it for what passes by itself once the store is back, and for nothing else. Whoever
 * meets it tries again for as long as it lasts; it never parks a run. HTTP answers 503, GSB-STO-001.
 */
export type StoreName = 'journal' | 'documents' | 'queue' | 'locks' | 'blocks';

/** Seconds after which it is worth asking again. */
export const STORE_RETRY_AFTER_SECONDS = 2;

export class StoreUnavailableError extends Error {
  constructor(
    readonly store: StoreName,
    options: { readonly cause: unknown },
  ) {
    super(`The store of ${store} cannot be used just now`, options);
    this.name = 'StoreUnavailableError';
  }
}

/** True for a StoreUnavailableError, also one that is the cause of another error or one of several. */
export function isStoreUnavailable(error: unknown): boolean {
  for (let at = error, depth = 0; depth < 10; depth += 1) {
    if (at instanceof StoreUnavailableError) return true;
    if (at instanceof AggregateError && at.errors.some(isStoreUnavailable)) return true;
    if (!(at instanceof Error)) return false;
    at = at.cause;
  }
  return false;
}
