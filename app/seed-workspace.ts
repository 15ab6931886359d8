import type { Clock } from '../contracts/clock.js';
import type { DocumentStore } from '../contracts/documents.js';
import type { WorkspaceId } from '../contracts/ids.js';
import type { Journal } from '../contracts/journal.js';
import { streams } from '../contracts/streams.js';
import type { UseCase } from '../orchestrator/definition/load-use-case.js';
import type { Persons } from '../orchestrator/runtime/functions/persons.js';

export type Seed = (workspace: WorkspaceId) => Promise<void>;

/** Fills a workspace: the blocks with their seeds, and the people that the personas are. */
export function createSeed(deps: {
  readonly blocks: { reset(workspace: WorkspaceId): Promise<void> };
  readonly useCases: () => readonly UseCase[];
  readonly persons: Pick<Persons, 'remember'>;
}): Seed {
  return async (workspace) => {
    await deps.blocks.reset(workspace);
    for (const { id, person, individualId, name, phone, locale } of deps
      .useCases()
      .flatMap(({ personas }) => personas)) {
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

/** Seeds a workspace that never was; true when it did. */
export async function seedOnce(
  deps: {
    readonly documents: DocumentStore;
    readonly journal: Journal;
    readonly realClock: Clock;
    readonly seed: Seed;
  },
  workspace: WorkspaceId,
): Promise<boolean> {
  const workspaces = deps.documents.collection<{ _id: string; seededAt: string }>('workspaces');
  if ((await workspaces.get(workspace)) !== undefined) return false;
  await deps.seed(workspace);
  const now = deps.realClock.now().toISOString();
  await deps.journal.append(streams.log(workspace), 'any', [
    { event: { type: 'workspace.reset', time: now, at: now } },
  ]);
  // Last, so that a start that was cut short seeds again.
  await workspaces.put({ _id: workspace, seededAt: now });
  return true;
}
