import { blockIds } from '../../contracts/block.js';
import { roles, type Role } from '../../contracts/identity.js';
import { developing } from '../../app/front-door/developers-only.js';

/** One of the nobodies and roles that a request comes as. */
export const callers = ['nobody', ...roles] as const;
export type Caller = (typeof callers)[number];

/** A route outside /api/v1, and who may use it. */
export interface OuterRoute {
  /** How the application mounts it: the literal in app/http-server.ts or a router of its own. */
  readonly mount: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly audience: 'anybody' | 'signed-in' | 'a proof of its own' | readonly Role[];
  readonly reason: string;
  /** What whoever may use it is answered; what others are, 401 and 403, follows from the audience. */
  readonly answers: readonly number[];
}

const open = (
  mount: string,
  path: string,
  reason: string,
  answers = [200],
  method: 'GET' | 'POST' = 'GET',
): OuterRoute => ({
  mount,
  method,
  path,
  audience: 'anybody',
  reason,
  answers,
});

export const outerRoutes: readonly OuterRoute[] = [
  open('/health', '/health', 'who watches over it has no session'),
  open('/ready', '/ready', 'who watches over it has no session'),
  open('/auth', '/auth/me', 'it tells nobody that they are nobody'),
  open('/auth', '/auth/login', 'signing in begins without a session', [302]),
  open('/auth', '/auth/callback', 'the answer of the provider proves itself by its state', [401]),
  open('/auth', '/auth/logout', 'signing out needs no role; a session needs its form token', [200], 'POST'),
  open('/realms', '/realms/govstack/.well-known/openid-configuration', 'clients find the realm by it'),
  open('/realms', '/realms/govstack/protocol/openid-connect/certs', 'public keys are public'),
  open(
    '/realms',
    '/realms/govstack/protocol/openid-connect/token',
    'a grant proves itself',
    [400, 401],
    'POST',
  ),
  {
    mount: '/realms',
    method: 'GET',
    path: '/realms/govstack/protocol/openid-connect/userinfo',
    audience: 'signed-in',
    reason: 'it says who the token is',
    answers: [200],
  },
  {
    mount: '/internal',
    method: 'POST',
    path: '/internal/calls',
    audience: 'a proof of its own',
    reason: 'workers hold the key of the installation; no person does',
    answers: [401],
  },
  {
    mount: '/cb',
    method: 'POST',
    path: '/cb/run-0123456789abcdef0123/AAAAAAAAAAAAAAAAAAAAAAAA/news',
    audience: 'a proof of its own',
    reason: 'the token in the address is the key, whoever sends it',
    answers: [404],
  },
  open('/w', '/w/bbbbbbbbbbbbbbbbbbbb/api/v1/use-cases', 'a workspace that is not there is not there', [404]),
  open('/api', '/api/openapi.json', 'documents are public'),
  open('/api', '/api/docs/', 'documents are public'),
  open('/r1', '/r1/listClients', 'the directory of members is public'),
  {
    mount: '/r1',
    method: 'GET',
    path: '/r1/SANDBOX/GOV/TEST/ROOM/pubsub/nothing',
    audience: developing,
    reason: 'a member proves itself by its key; of people, developers may try its part',
    answers: [200, 400, 403, 404, 500],
  },
  open(
    '/blocks/identity',
    '/blocks/identity/.well-known/openid-configuration',
    'clients find the block by it',
  ),
  open('/blocks/identity', '/blocks/identity/.well-known/jwks.json', 'public keys are public'),
  open('/blocks/identity', '/blocks/identity/authorize', 'people come here to sign in', [400]),
  open('/blocks/identity', '/blocks/identity/oauth/token', 'a client proves itself', [400, 401], 'POST'),
  ...blockIds.flatMap((id): readonly OuterRoute[] => [
    open('/blocks', `/blocks/${id}/openapi.json`, 'documents are public'),
    open('/blocks', `/blocks/${id}/rules`, 'documents are public'),
    open('/blocks', `/blocks/${id}/docs/`, 'documents are public'),
    {
      mount: '/blocks',
      method: 'POST',
      path: `/blocks/${id}/no-such-operation`,
      audience: developing,
      reason: 'past the mediator nobody checks rights and consent',
      answers: [400, 404],
    },
  ]),
  open('/', '/favicon.svg', 'the console is public'),
];
