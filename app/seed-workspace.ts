import type { WorkspaceId } from '../contracts/ids.js';
import type { WorkspaceSeed } from '../contracts/workspace.js';
import type { UseCase } from '../orchestrator/definition/load-use-case.js';
import type { Persons } from '../orchestrator/runtime/functions/persons.js';

export type Seed = (workspace: WorkspaceId, seed?: WorkspaceSeed) => Promise<void>;

/** Fills a workspace: the blocks with their seeds, and the people that the personas are. An empty one gets neither. */
export function createSeed(deps: {
  readonly blocks: { reset(workspace: WorkspaceId, seed?: WorkspaceSeed): Promise<void> };
  readonly useCases: (workspace: WorkspaceId) => Promise<readonly Pick<UseCase, 'personas'>[]>;
  readonly persons: Pick<Persons, 'remember'>;
}): Seed {
  return async (workspace, seed = 'default') => {
    await deps.blocks.reset(workspace, seed);
    if (seed === 'empty') return;
    const useCases = await deps.useCases(workspace);
    for (const { id, person, individualId, name, phone, locale } of useCases.flatMap(
      ({ personas }) => personas,
    )) {
      if (person === undefined) continue;
      await deps.persons.remember(workspace, person, individualId, {
        persona: id,
        name,
        locale,
        ...(phone === undefined ? {} : { phone }),
      });
    }
  };
}
