import type { RequestHandler } from 'express';
import { SandboxError } from '../../contracts/problems.js';

/** Deeper than any form or event, and far from where parsers, jq and JSON itself run out of stack. */
const DEEPEST = 200;

/** Refuses a body that is nested too deeply, with GSB-REQ-001, before anything recursive looks at it. */
export const refuseDeepBodies: RequestHandler = (request, _response, next) => {
  let level: readonly object[] = isNested(request.body) ? [request.body] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > DEEPEST) {
      throw new SandboxError('GSB-REQ-001', {
        detail: `The body is nested more than ${DEEPEST} levels deep.`,
      });
    }
    level = level.flatMap((value) => Object.values(value).filter(isNested));
  }
  next();
};

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
