import type { Clock } from '../contracts/clock.js';
import type { WorkspaceId } from '../contracts/ids.js';
import type { ConsentLookup } from '../mocks/consent/lookup.js';
import type { AccessRights } from '../mocks/information-mediator/access-rights.js';
import type { MediatorPorts } from '../orchestrator/http/ports/mediator-ports.js';
import type { Runtime } from '../orchestrator/runtime/runtime.js';
import type { UseCaseCatalog } from './use-case-catalog.js';

export interface PersonConsentDeps {
  readonly consents: Pick<ConsentLookup, 'held'>;
  readonly rights: Pick<AccessRights, 'list'>;
  readonly clocks: { of(workspace: WorkspaceId): Clock };
  readonly runtime: Pick<Runtime, 'persons'>;
  readonly catalog: Pick<UseCaseCatalog, 'useCases'>;
}

/**
 * Who may read what about a person by their own consent, now: each consent that holds, and the services that the mediator
 * lets somebody ask under it. A person without a number that registries know has given none.
 */
export function createPersonConsents(deps: PersonConsentDeps): MediatorPorts['consents'] {
  return async (workspace, person) => {
    const subject = (await deps.runtime.persons.collection.get(`${workspace}/${person}`))?.doc.individualId;
    if (subject === undefined) return [];
    const at = deps.clocks.of(workspace).now();
    const [held, rights] = await Promise.all([
      deps.consents.held(workspace, { subject, at }),
      deps.rights.list(workspace),
    ]);
    return held.map((consent) => {
      const under = rights.filter(
        ({ basis, state }) =>
          state !== 'revoked' && basis.kind === 'consent' && basis.agreement === consent.agreement,
      );
      const client = under[0]?.client;
      const useCase = deps.catalog.useCases.find(({ manifest }) => manifest.client === client)?.manifest.id;
      return {
        ...consent,
        services: [...new Set(under.map(({ serviceTitle }) => serviceTitle))],
        ...(useCase === undefined ? {} : { useCase }),
      };
    });
  };
}
