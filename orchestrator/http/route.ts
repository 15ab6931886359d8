import type { Request, RequestHandler, Response, Router } from 'express';
import type { Principal } from '../../contracts/identity.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import { packJson } from './compressed.js';
import { permissions, type Audience, type RouteName } from './permissions.js';
import type { QueryCheck } from './query-names.js';

/** What a route's handler is given besides the request. */
export interface Asking {
  readonly workspace: WorkspaceId;
  /** Absent only on routes that anybody may use. */
  readonly principal: Principal | undefined;
}

export interface RequestFacts {
  readonly workspaceOf: (request: Request) => WorkspaceId;
  readonly principalOf: (request: Request) => Principal | undefined;
}

export interface RouteDeps extends RequestFacts {
  readonly checkQuery: QueryCheck;
}

export type Handler = (request: Request, response: Response, asking: Asking) => Promise<void>;

/** Adds a route with the audience that the permission matrix names; there is no other way to add one. */
export function addRoute(router: Router, deps: RouteDeps, name: RouteName, handler: Handler): void {
  const [method = '', path = ''] = name.split(' ');
  const { audience } = permissions[name];
  const guarded: RequestHandler = async (request, response) => {
    const principal = deps.principalOf(request);
    admit(audience, principal);
    deps.checkQuery(name, request.query);
    if (audience === 'anybody' && method === 'GET') packJson(request, response);
    await handler(request, response, { workspace: deps.workspaceOf(request), principal });
  };
  switch (method) {
    case 'GET':
      router.get(path, guarded);
      return;
    case 'POST':
      router.post(path, guarded);
      return;
    case 'PUT':
      router.put(path, guarded);
      return;
    case 'PATCH':
      router.patch(path, guarded);
      return;
    case 'DELETE':
      router.delete(path, guarded);
      return;
    default:
      throw new Error(`The permission matrix names an unknown method: ${name}`);
  }
}

function admit(audience: Audience, principal: Principal | undefined): void {
  if (audience === 'anybody') return;
  if (principal === undefined)
    throw new SandboxError('GSB-AUT-001', { detail: 'This address needs a session or a bearer token.' });
  if (audience === 'signed-in') return;
  if (!audience.some((role) => principal.roles.includes(role))) {
    throw new SandboxError('GSB-AUT-002', { detail: `It needs one of the roles ${audience.join(', ')}.` });
  }
}

/** The principal of a route that is not for anybody. */
export function signedIn({ principal }: Asking): Principal {
  if (principal === undefined) throw new SandboxError('GSB-AUT-001', { detail: 'Sign in first.' });
  return principal;
}

/** A citizen and nothing else: sees what is their own. */
export function onlyCitizen(principal: Principal): boolean {
  return principal.roles.every((role) => role === 'citizen');
}

/** Bodies of calls hold personal data: shown to those who operate the sandbox. */
export function mayOperate({ roles }: Principal): boolean {
  return roles.some((role) => role === 'trainer' || role === 'developer' || role === 'administrator');
}
