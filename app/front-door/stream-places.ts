import type { Request, RequestHandler } from 'express';
import { SandboxError } from '../../contracts/problems.js';

/** Streams that one person, and all together, may keep open; a browser opens one for each tab. */
export interface StreamPlaces {
  readonly perPerson: number;
  readonly inAll: number;
}

const usual: StreamPlaces = { perPerson: 100, inAll: 2_000 };
const RETRY_AFTER = 10;
const STREAM = /\/stream\/?$/;

/** Refuses one event stream too many with GSB-REQ-005. Behind the guard; everything else passes. */
export function limitStreams(
  personOf: (request: Request) => string | undefined,
  places: StreamPlaces = usual,
): RequestHandler {
  const open = new Map<string, number>();
  let inAll = 0;
  return (request, response, next) => {
    const person = request.method === 'GET' && STREAM.test(request.path) ? personOf(request) : undefined;
    if (person === undefined) {
      next();
      return;
    }
    const own = open.get(person) ?? 0;
    if (own >= places.perPerson || inAll >= places.inAll)
      throw new SandboxError('GSB-REQ-005', {
        detail: `${own >= places.perPerson ? 'You have' : 'The sandbox has'} too many event streams open. Close a tab.`,
        extensions: { retryAfter: RETRY_AFTER },
      });
    open.set(person, own + 1);
    inAll += 1;
    response.once('close', () => {
      inAll -= 1;
      const left = (open.get(person) ?? 1) - 1;
      if (left === 0) open.delete(person);
      else open.set(person, left);
    });
    next();
  };
}
