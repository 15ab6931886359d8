import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockFacts } from '../../app/docs/blocks/block-facts.js';
import { exampleRequest } from '../../app/docs/blocks/example-request.js';
import { readBlocks } from '../../app/docs/blocks/read-blocks.js';
import { workspaceIdSchema } from '../../contracts/ids.js';
import { createContractCheck } from '../../mocks/kit/contract-check.js';
import { createOperationTable } from '../../mocks/kit/operation-table.js';

const blocks = await readBlocks([]);
const workspace = workspaceIdSchema.parse('examples');
const root = join(import.meta.dirname, '../../mocks');

describe('the pages of the building blocks', () => {
  it.each([...blocks.keys()])('name the seeds that %s reads', (id) => {
    const sources = readdirSync(join(root, id), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('operations'))
      .map((name) => readFileSync(join(root, id, name), 'utf8'))
      .join('\n');
    const read = [...sources.matchAll(/\bseeds\.([a-zA-Z]+)\b(?!')/g)].map(([, name = '']) => name);
    const named = blockFacts[id]?.seeds ?? [];
    expect([...new Set(read)].filter((name) => name !== 'js' && !named.includes(name))).toEqual([]);
  });

  it.each([...blocks])('show requests that %s takes', async (_id, { block }) => {
    const check = createContractCheck(block.openapi);
    const examples = createOperationTable(block.openapi).operations.flatMap((operation) => {
      const request = exampleRequest(block.openapi, check, operation);
      return request === undefined ? [] : [{ operation, request }];
    });
    expect(examples.length).toBeGreaterThan(2);
    for (const { operation, request } of examples) {
      const { headers } = await block.handle(workspace, request);
      expect([operation.operationId, headers['x-sandbox-rule']]).not.toEqual([
        operation.operationId,
        expect.stringMatching(/^(no-(operation|method|variant)|invalid-request|defect)/),
      ]);
    }
  });
});
