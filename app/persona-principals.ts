import type { Principal } from '../contracts/identity.js';
import { REALM } from '../contracts/identity.js';
import type { UseCase } from '../orchestrator/definition/load-use-case.js';
import { subjectOf } from '../infra/identity/realm/with-personas.js';

/** The personas of all use cases as the realm knows them, whichever server it is on. */
export function personaPrincipals(useCases: readonly Pick<UseCase, 'personas'>[]): readonly Principal[] {
  return useCases
    .flatMap(({ personas }) => personas)
    .map(({ id, name, roles, person, workspace }) => ({
      subject: subjectOf(REALM, id),
      username: id,
      name,
      roles,
      ...(person === undefined ? {} : { person }),
      ...(workspace === undefined ? {} : { workspace }),
    }));
}
