import { SandboxError } from '../../contracts/problems.js';

/** GSB-AUT-001 with a reason that helps an honest client and never repeats the token. */
export function refuseToken(reason: string, cause?: unknown): SandboxError {
  return new SandboxError('GSB-AUT-001', { detail: `The bearer token does not hold: ${reason}.`, cause });
}

/** GSB-CFG-007: the token could not be judged, because the provider's keys could not be read. */
export function keysUnavailable(issuer: string, cause: unknown): SandboxError {
  return new SandboxError('GSB-CFG-007', {
    detail: `The signing keys of the identity provider ${issuer} could not be read.`,
    cause,
  });
}
