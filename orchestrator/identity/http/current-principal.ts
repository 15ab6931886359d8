import type { Request } from 'express';

import type { Principal } from '../../../contracts/identity.js';

/** What the guard found out about a request. Kept beside the request, so that nobody can set it by a field. */
export interface Authentication {
  readonly principal: Principal;
  readonly by: 'bearer' | 'session';
  /** The session's form token. */
  readonly csrfToken?: string;
}

const known = new WeakMap<Request, Authentication>();

export function remember(request: Request, authentication: Authentication): void {
  known.set(request, authentication);
}

export function authenticationOf(request: Request): Authentication | undefined {
  return known.get(request);
}

export function principalOf(request: Request): Principal | undefined {
  return known.get(request)?.principal;
}
