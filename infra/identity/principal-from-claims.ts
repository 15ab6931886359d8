import { z } from 'zod';

import type { Principal } from '../../contracts/identity.js';
import { roleSchema } from '../../contracts/identity.js';
import { personRefSchema, workspaceIdSchema } from '../../contracts/ids.js';
import { refuseToken } from './refuse-token.js';

/** A subject of an upstream provider may begin with a character that no reference of ours begins with. */
const personClaim = z
  .string()
  .transform((value) => (/^[-_]/.test(value) ? `p${value}` : value))
  .pipe(personRefSchema);

const claimsSchema = z.looseObject({
  sub: z.string().min(1),
  exp: z.number(),
  typ: z.literal('Bearer'),
  preferred_username: z.string().min(1),
  name: z.string().optional(),
  realm_access: z.looseObject({ roles: z.array(z.string()) }).optional(),
  person: personClaim.optional(),
  workspace: workspaceIdSchema.optional(),
});

/**
 * Reads a principal from the claims of a verified access token in Keycloak's form. Roles that the sandbox does not
 * know (Keycloak adds its own) are left out. Raises GSB-AUT-001 naming the claim that is missing or malformed:
 * an ID token or a refresh token, too, is no access token.
 */
export function principalFromClaims(claims: unknown): Principal {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) {
    const claim = parsed.error.issues[0]?.path.join('.') ?? '';
    throw refuseToken(`its claim ${claim} is missing or not as expected`, parsed.error);
  }
  const { sub, preferred_username: username, name, realm_access: access, person, workspace } = parsed.data;
  return {
    subject: sub,
    username,
    name: name ?? username,
    roles: (access?.roles ?? []).flatMap((role) => {
      const known = roleSchema.safeParse(role);
      return known.success ? [known.data] : [];
    }),
    ...(person !== undefined && { person }),
    ...(workspace !== undefined && { workspace }),
  };
}
