import { timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { SandboxError } from '../contracts/problems.js';

/** By which the processes of one installation know each other; the key comes from the installation's own secret. */
export const INTERNAL_KEY_HEADER = 'x-sandbox-worker-key';
/** Of a body between two processes of an installation. */
export const INTERNAL_BODY_LIMIT = '50mb';

/** Lets in who shows the key; GSB-AUT-001 for everybody else. */
export function internalOnly(key: string): RequestHandler {
  const wanted = Buffer.from(key);
  return (request, _response, next) => {
    const given = Buffer.from(request.get(INTERNAL_KEY_HEADER) ?? '');
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
      throw new SandboxError('GSB-AUT-001', { detail: 'Only workers of this installation call here.' });
    next();
  };
}
