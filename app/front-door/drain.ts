import type { RequestHandler, Response } from 'express';
import { SandboxError } from '../../contracts/problems.js';
import { isStream } from './request-log.js';

/** The front door while the process is about to stop. */
export interface Drain {
  readonly draining: boolean;
  /** From now on `/ready` is 503, and changes are refused. */
  begin(): void;
  /** Resolves when no request is open but event streams. */
  answered(): Promise<void>;
  /** How many are open. */
  open(): number;
  /** Tells event streams to come again, and ends them. */
  dismiss(): void;
  readonly handler: RequestHandler;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What is asked of the platform itself. Blocks and mediator serve on: steps in hand may need them. */
const refusing = /^(?:\/w\/[^/]+)?\/(?:api\/v1|internal)\//;
const readiness = /^(?:\/w\/[^/]+)?\/ready\/?$/;
const RETRY_AFTER_SECONDS = 10;
const COME_AGAIN_MS = 2_000;

export function createDrain(): Drain {
  const open = new Set<Response>();
  const waiting = new Set<() => void>();
  let draining = false;
  const left = (): number => [...open].filter((response) => !isStream(response)).length;
  const look = (): void => {
    if (waiting.size === 0 || left() > 0) return;
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  return {
    get draining() {
      return draining;
    },
    begin: () => {
      draining = true;
    },
    open: left,
    answered: () =>
      new Promise((resolve) => {
        waiting.add(resolve);
        look();
      }),
    dismiss: () => {
      for (const response of open) {
        if (!isStream(response)) continue;
        response.write(`retry: ${COME_AGAIN_MS}\n: the sandbox is stopping\n\n`);
        response.end();
      }
    },
    handler: (request, response, next) => {
      if (draining) {
        // Whoever holds the connection open would lose its next request in the moment of the stop.
        response.set('Connection', 'close');
        const path = request.originalUrl.split('?')[0] ?? '';
        if (readiness.test(path)) {
          response.status(503).json({ status: 'stopping', quiet: false });
          return;
        }
        if (!SAFE.has(request.method) && refusing.test(path))
          throw new SandboxError('GSB-REQ-007', {
            detail: 'It finishes what it has in hand and takes nothing new.',
            extensions: { retryAfter: RETRY_AFTER_SECONDS },
          });
      }
      open.add(response);
      response.once('close', () => {
        open.delete(response);
        look();
      });
      next();
    },
  };
}
