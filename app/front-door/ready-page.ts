import type { RequestHandler } from 'express';
import type { StoresAway } from '../readiness.js';

/**
 * `/ready`: 200 while requests can be served. 503 says why not: the process starts or stops, or stores are `away`; it
 * will be ready again by itself. `/health` stays 200 meanwhile: to start the process anew would help nobody.
 */
export function readyPage(deps: {
  /** Undefined once it can serve. */
  readonly phase: () => 'starting' | 'stopping' | undefined;
  readonly storesAway: StoresAway;
  /** True while nothing is in hand; absent where nobody can tell. */
  readonly quiet?: (request: Parameters<RequestHandler>[0]) => Promise<boolean>;
}): RequestHandler {
  return async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const phase = deps.phase();
    const away = phase === undefined ? await deps.storesAway() : [];
    if (phase !== undefined) response.status(503).json({ status: phase, quiet: false });
    else if (away.length > 0) response.status(503).json({ status: 'waiting', away, quiet: false });
    else response.json({ status: 'ready', ...(deps.quiet && { quiet: await deps.quiet(request) }) });
  };
}
