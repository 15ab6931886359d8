import type { Principal, Role } from '../../../contracts/identity.js';

export const people: Readonly<Record<string, Principal>> = {
  amina: principal('amina', ['citizen'], 'person-amina'),
  tomas: principal('tomas', ['citizen'], 'person-tomas'),
};

export function principal(username: string, roles: readonly Role[], person?: string): Principal {
  return {
    subject: `subject-${username}`,
    username,
    name: username,
    roles,
    ...(person === undefined ? {} : { person }),
  } as Principal;
}

/** Somebody with exactly this role; the citizen is Amina. */
export function somebody(role: Role): Principal {
  return role === 'citizen' ? people['amina']! : principal(`some-${role}`, [role]);
}
