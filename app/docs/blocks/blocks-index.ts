import type { BlockId } from '../../../contracts/block.js';
import { createOperationTable } from '../../../mocks/kit/operation-table.js';
import { code, page, table } from '../markdown.js';
import { blockFacts } from './block-facts.js';
import { dialectOf } from './block-page.js';
import type { DocumentedBlock } from './read-blocks.js';

/** All building blocks with their pages. */
export function blocksIndex(blocks: ReadonlyMap<BlockId, DocumentedBlock>): string {
  return page('Building blocks', '`mocks/` and `app/docs/blocks/`', [
    'Each is a product that can be called, broken and replaced: operations, the answers and their rules, magic values, faults, seeds, services and candidates are on its page. Training only, not real.',
    table(
      ['Block', 'What', 'Operations', 'Published', 'Older', 'Extension'],
      [...blocks.values()].map(({ block }) => {
        const { id, title, openapi } = block;
        const operations = createOperationTable(openapi).operations;
        const dialects = operations.map((operation) => dialectOf(block, operation));
        const count = (dialect: string): string => String(dialects.filter((one) => one === dialect).length);
        return [
          `[${title}](${id}.md)`,
          blockFacts[id]?.what ?? '',
          String(operations.length),
          count('published'),
          count('older'),
          count('extension'),
        ];
      }),
    ),
    `Which answer a request gets, and why, is decided the same way everywhere: see ${code('X-Sandbox-Rule')} on each page.`,
  ]);
}
