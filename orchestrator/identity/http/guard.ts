import type { Request, RequestHandler, Response } from 'express';

import type { Guard, TokenVerifier } from '../../../contracts/identity.js';
import { REALM } from '../../../contracts/identity.js';
import { SandboxError } from '../../../contracts/problems.js';
import { sameSecret } from '../opaque.js';
import type { Session } from '../sessions.js';
import { authenticationOf, principalOf, remember } from './current-principal.js';

export interface GuardOptions {
  readonly verifier: TokenVerifier;
  /** Finds the session of a request's cookie and keeps that cookie alive; without it only bearer tokens count. */
  readonly sessionOf?: (request: Request, response: Response) => Promise<Session | undefined>;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The guard of every HTTP interface for people and machines: who is it, and may they. */
export function createGuard({ verifier, sessionOf }: GuardOptions): Guard<Request, RequestHandler> {
  const authenticate: RequestHandler = async (request, response, next) => {
    // An application may mount the guard more than once along a path.
    if (authenticationOf(request) !== undefined) {
      next();
      return;
    }
    const header = request.headers.authorization;
    if (header !== undefined) {
      const principal = await verifyHeader(header, response, verifier);
      remember(request, { principal, by: 'bearer' });
    } else {
      const session = await sessionOf?.(request, response);
      if (session !== undefined) {
        checkFormToken(request, session);
        const { principal, csrfToken } = session;
        remember(request, { principal, by: 'session', csrfToken });
      }
    }
    next();
  };

  const requireSignIn: RequestHandler = (request, response, next) => {
    if (principalOf(request) === undefined) throw signInNeeded(response);
    next();
  };

  return {
    authenticate,
    requireSignIn,
    requireRole: (...anyOf) => {
      const requireRole: RequestHandler = (request, response, next) => {
        const principal = principalOf(request);
        if (principal === undefined) throw signInNeeded(response);
        if (!anyOf.some((role) => principal.roles.includes(role))) {
          throw new SandboxError('GSB-AUT-002', {
            detail: `This needs the role ${anyOf.join(' or ')}.`,
            extensions: { requiredRoles: anyOf },
          });
        }
        next();
      };
      return requireRole;
    },
    principalOf,
    requirePrincipal: (request) => {
      const principal = principalOf(request);
      if (principal === undefined) throw signInNeeded(request.res);
      return principal;
    },
  };
}

async function verifyHeader(
  header: string,
  response: Response,
  verifier: TokenVerifier,
): ReturnType<TokenVerifier['verify']> {
  const token = /^Bearer +([^\s]+) *$/i.exec(header)?.[1];
  try {
    if (token === undefined) {
      throw new SandboxError('GSB-AUT-001', {
        detail: 'The Authorization header is not of the form: Bearer TOKEN.',
      });
    }
    return await verifier.verify(token);
  } catch (error) {
    // RFC 6750, 3.1. The detail goes into the problem document; a header must not carry arbitrary text.
    if (error instanceof SandboxError && error.code === 'GSB-AUT-001') {
      response.set('WWW-Authenticate', `Bearer realm="${REALM}", error="invalid_token"`);
    }
    throw error;
  }
}

function signInNeeded(response: Response | undefined): SandboxError {
  response?.set('WWW-Authenticate', `Bearer realm="${REALM}"`);
  return new SandboxError('GSB-AUT-001', {
    detail: 'The request carries neither a session nor a bearer token.',
  });
}

/** A page of another site can make a browser send the cookie, but not read or send this header. */
function checkFormToken(request: Request, session: Session): void {
  if (SAFE_METHODS.has(request.method)) return;
  const given = request.get('X-CSRF-Token');
  if (given !== undefined && sameSecret(given, session.csrfToken)) return;
  throw new SandboxError('GSB-AUT-004', {
    detail: `The header X-CSRF-Token is ${given === undefined ? 'missing' : 'not the one of this session'}.`,
  });
}
