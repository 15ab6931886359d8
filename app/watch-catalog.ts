import type { Runtime } from '../orchestrator/runtime/runtime.js';
import { createSoundReading } from './read-sound-use-case.js';
import type { UseCaseCatalog } from './use-case-catalog.js';
import type { UseCaseNews } from './watch-use-cases.js';

export interface CatalogWatch {
  readonly folder: string;
  readonly catalog: UseCaseCatalog;
  readonly runtime: Pick<Runtime, 'definitions'>;
  readonly tell: (news: UseCaseNews) => void;
}

/** Puts each use case that changes in its folder in the place of the one before; answers how to stop that. */
export async function watchCatalog({
  folder,
  catalog,
  runtime,
  tell,
}: CatalogWatch): Promise<() => Promise<void>> {
  // The library that watches is of no use to anybody else.
  const { watchUseCases } = await import('./watch-use-cases.js');
  const watch = await watchUseCases({
    folder,
    read: createSoundReading(),
    replace: async (useCase) => {
      await runtime.definitions.keep(useCase.manifest.id, useCase.workflows);
      return catalog.replace(useCase);
    },
    tell,
    usersOfParts: () =>
      catalog.useCases
        .filter(({ manifest }) => manifest.uses !== undefined)
        .map(({ manifest }) => manifest.id),
  });
  return () => watch.close();
}
