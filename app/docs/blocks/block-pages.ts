import type { UseCase } from '../../../orchestrator/definition/load-use-case.js';
import { mockSeedNames } from '../../mock-seeds.js';
import { blockPage } from './block-page.js';
import { blocksIndex } from './blocks-index.js';
import { readBlocks } from './read-blocks.js';

/** The pages of `docs/reference/blocks/`, by file name below `docs/reference/`. */
export async function blockPages(
  useCases: readonly UseCase[],
): Promise<readonly (readonly [string, string])[]> {
  const blocks = await readBlocks(useCases);
  const pages = await Promise.all(
    [...blocks].map(async ([id, documented]) => {
      const text = blockPage({ ...documented, seedNames: await mockSeedNames(id), useCases });
      return [`blocks/${id}.md`, text] as const;
    }),
  );
  return [['blocks/README.md', blocksIndex(blocks)], ...pages];
}
