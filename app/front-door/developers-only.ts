import type { Request, RequestHandler } from 'express';
import type { Guard, Role } from '../../contracts/identity.js';
import { SandboxError } from '../../contracts/problems.js';

/** Who may call past the mediator. */
export const developing: readonly Role[] = ['developer', 'trainer', 'administrator'];

export function mayDevelop(roles: readonly string[] | undefined): boolean {
  return roles?.some((role) => (developing as readonly string[]).includes(role)) ?? false;
}

/** Past the mediator nobody checks rights and consent, so the bare mocks are for developers; their documents for all. */
export function developersOnly(guard: Guard<Request, RequestHandler>): RequestHandler {
  return (request, response, next) => {
    const open =
      request.path === '/openapi.json' ||
      request.path === '/rules' ||
      request.path === '/docs' ||
      request.path.startsWith('/docs/');
    const principal = guard.principalOf(request);
    if (open || mayDevelop(principal?.roles)) {
      next();
      return;
    }
    if (principal === undefined) {
      response.set('WWW-Authenticate', 'Bearer realm="govstack-sandbox"');
      throw new SandboxError('GSB-AUT-001', {
        detail: 'Calling a mock past the mediator needs a developer.',
      });
    }
    throw new SandboxError('GSB-AUT-002', {
      detail: `Calling a mock past the mediator needs one of ${developing.join(', ')}.`,
    });
  };
}
