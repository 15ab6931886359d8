import { z } from 'zod';

import { personRefSchema, workspaceIdSchema } from './ids.js';
import type { PersonRef, WorkspaceId } from './ids.js';

/**
 * Who may act. One realm (`infra/keycloak/realm.json`) names the roles and clients; Keycloak and the embedded
 * provider both serve it, and whichever does, the rest of the sandbox sees only a `Principal`.
 */
export const roles = [
  'citizen',
  'case-officer',
  'enrollment-officer',
  'payments-maker',
  'payments-checker',
  'trainer',
  'developer',
  'administrator',
] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** The realm's name in every issuer: `{PUBLIC_URL}/realms/govstack`. */
export const REALM = 'govstack';
/** The audience that an access token must name to be accepted by this API. */
export const API_AUDIENCE = 'sandbox-api';
/** The clients of the realm: the console's server side, the command line, the runtime's own account. */
export const clients = {
  console: 'sandbox-console',
  cli: 'sandbox-cli',
  runtime: 'sandbox-runtime',
  /** Builds and scripts, by client credentials. */
  ci: 'sandbox-ci',
} as const;

/** The person or service account behind a request, as the verified token says. */
export interface Principal {
  /** The realm's identifier of the account; stable, never reused. */
  readonly subject: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** A citizen's own opaque reference (claim `person`): the only case data such a principal may see is theirs. */
  readonly person?: PersonRef;
  /** When present (claim `workspace`), the only workspace this principal may enter. */
  readonly workspace?: WorkspaceId;
}

/** Turns a bearer token into a principal. Two drivers (keycloak-connect, jose) pass one suite. */
export interface TokenVerifier {
  /** Raises GSB-AUT-001 for a token that is malformed, forged, expired, or of another issuer or audience. */
  verify(token: string): Promise<Principal>;
  close?(): Promise<void>;
}

/**
 * What HTTP folders need to know of identity, free of any framework: with Express it is
 * `Guard<Request, RequestHandler>`. Errors go to the error handler as SandboxError.
 */
export interface Guard<Request, Middleware> {
  /**
   * Works out the principal from a bearer token or the session cookie, if there is any; does not insist on one.
   * Raises GSB-AUT-001 for a bearer token that does not hold, GSB-AUT-004 for a change that comes with a
   * session cookie but without the session's `X-CSRF-Token`.
   */
  readonly authenticate: Middleware;
  /** Any signed-in principal, or GSB-AUT-001. */
  readonly requireSignIn: Middleware;
  /** A principal with at least one of these roles, or GSB-AUT-001 (nobody) or GSB-AUT-002 (another role). */
  readonly requireRole: (...anyOf: readonly [Role, ...Role[]]) => Middleware;
  /** The principal of a request that went through `authenticate`. */
  readonly principalOf: (request: Request) => Principal | undefined;
  /** The same, where the route already insists on one; raises GSB-AUT-001 otherwise. */
  readonly requirePrincipal: (request: Request) => Principal;
}

/** Access tokens by persona user name, for the command line and for scenarios that play the personas. */
export interface PersonaTokens {
  /** A token that is valid for at least some seconds more. Raises GSB-AUT-001 when the persona is unknown. */
  readonly tokenOf: (username: string) => Promise<string>;
}

/**
 * One entry of `usecases/<id>/personas.yaml`. `id` is the user name too, and in training the password.
 * `individualId` is invented training data in the form of a national identifier.
 */
export const personaSchema = z
  .strictObject({
    id: z
      .string()
      .max(60)
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be kebab-case, such as front-desk'),
    name: z.string().min(1).max(120),
    /** What the card says, such as "Case officer, Northern District". */
    title: z.string().min(1).max(120),
    /** Two or three sentences: who this is and what to try as them. */
    story: z.string().min(1).max(1000),
    roles: z.array(roleSchema).min(1),
    /** Citizens only: the opaque reference under which the use case knows them. */
    person: personRefSchema.optional(),
    /** BCP 47 language tag. */
    locale: z
      .string()
      .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a BCP 47 language tag, such as en or ar')
      .default('en'),
    /** E.164; only numbers reserved for fiction or training. */
    phone: z
      .string()
      .regex(/^\+[1-9][0-9]{5,14}$/, 'must be an E.164 number, such as +15550100')
      .optional(),
    individualId: z.string().min(1).max(40).optional(),
    /** The only workspace this persona may enter; absent for all. */
    workspace: workspaceIdSchema.optional(),
  })
  .refine((persona) => persona.person === undefined || persona.roles.includes('citizen'), {
    path: ['person'],
    message: 'only a persona with the role citizen has a person reference',
  })
  .refine((persona) => !persona.roles.includes('citizen') || persona.person !== undefined, {
    path: ['person'],
    message: 'a citizen needs a person reference',
  });
export type Persona = z.infer<typeof personaSchema>;

/** The whole of `usecases/<id>/personas.yaml`. Ids are unique within the file. */
export const personasFileSchema = z.strictObject({
  personas: z
    .array(personaSchema)
    .min(1)
    .refine((personas) => new Set(personas.map((persona) => persona.id)).size === personas.length, {
      message: 'two personas have the same id',
    }),
});

/** A persona as the realm knows it: what the picker's card shows and what the token will say. */
export interface PersonaIdentity {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly title: string;
  readonly story: string;
  readonly roles: readonly Role[];
  readonly locale: string;
  readonly person?: PersonRef;
  readonly workspace?: WorkspaceId;
}
