import { createHash } from 'node:crypto';

import type { Persona, PersonaIdentity } from '../../../contracts/identity.js';
import { personRefSchema, workspaceIdSchema } from '../../../contracts/ids.js';
import { roleSchema } from '../../../contracts/identity.js';
import { SandboxError } from '../../../contracts/problems.js';
import { NATIONAL_ID, nationalIdSubject } from './national-id.js';
import type { RealmRepresentation, RealmUser } from './realm.js';

/**
 * The realm with the personas of all use cases as users. Keycloak imports the result; the embedded provider serves
 * it. A persona that two use cases share must be the same in both (GSB-DEF-003 otherwise).
 * Training only: the password of a persona is its user name.
 */
export function withPersonas(realm: RealmRepresentation, personas: readonly Persona[]): RealmRepresentation {
  const users = new Map(realm.users.map((user) => [user.username, user]));
  for (const persona of personas) {
    const user = userOf(persona, realm.realm);
    const known = users.get(persona.id);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(user)) {
      throw new SandboxError('GSB-DEF-003', {
        detail: `personas.yaml: id: ${persona.id} is already taken by another person of the realm.`,
      });
    }
    users.set(persona.id, user);
  }
  return { ...realm, users: [...users.values()] };
}

/** The personas among the users of a realm, in the order of the file: what the picker offers. */
export function personasOf(realm: RealmRepresentation): readonly PersonaIdentity[] {
  return realm.users
    .filter((user) => user.serviceAccountClientId === undefined && user.enabled)
    .map((user) => identityOf(user));
}

/** The subject of a user or service account: the same on both servers, and after every reset. */
export function subjectOf(realm: string, username: string): string {
  const hex = createHash('sha256').update(`${realm}/${username}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function userOf(persona: Persona, realm: string): RealmUser {
  return {
    id: subjectOf(realm, persona.id),
    username: persona.id,
    enabled: true,
    // The whole name in one field: not every name has a family part, and nobody should have to invent one.
    firstName: persona.name,
    realmRoles: [...persona.roles],
    attributes: {
      title: [persona.title],
      story: [persona.story],
      locale: [persona.locale],
      ...(persona.person !== undefined && { person: [persona.person] }),
      ...(persona.workspace !== undefined && { workspace: [persona.workspace] }),
    },
    credentials: [{ type: 'password', value: persona.id, temporary: false }],
    // Citizens only: nobody becomes an officer by showing their national identity.
    ...(persona.individualId !== undefined &&
      persona.roles.join() === 'citizen' && {
        federatedIdentities: [
          {
            identityProvider: NATIONAL_ID,
            userId: nationalIdSubject(persona.individualId),
            userName: persona.id,
          },
        ],
      }),
  };
}

function identityOf(user: RealmUser): PersonaIdentity {
  const attribute = (name: string): string | undefined => user.attributes?.[name]?.[0];
  const person = personRefSchema.safeParse(attribute('person'));
  const workspace = workspaceIdSchema.safeParse(attribute('workspace'));
  return {
    id: user.username,
    username: user.username,
    name: user.firstName ?? user.username,
    title: attribute('title') ?? user.username,
    story: attribute('story') ?? '',
    locale: attribute('locale') ?? 'en',
    roles: user.realmRoles.flatMap((role) => {
      const known = roleSchema.safeParse(role);
      return known.success ? [known.data] : [];
    }),
    ...(person.success && { person: person.data }),
    ...(workspace.success && { workspace: workspace.data }),
  };
}
