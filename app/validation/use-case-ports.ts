import { blockIds, type BlockId } from '../../contracts/block.js';
import { loadOpenApi } from '../../mocks/kit/load-openapi.js';
import { indexOperations, type OperationIndex } from '../../orchestrator/blocks/operation-index.js';
import type { UseCasePorts } from '../../orchestrator/definition/use-case/ports.js';
import { createSchemas } from '../use-case-catalog.js';
import type { LintPorts } from '../../orchestrator/definition/lint/ports.js';

/** What the lint of a use case needs: the blocks' own contracts, and the check of data against forms. */
export function createUseCasePorts(lint: LintPorts): UseCasePorts {
  const schemas = createSchemas();
  const indexes = new Map<BlockId, OperationIndex>();
  return {
    ...lint,
    operationsOf: (block) => {
      const known = indexes.get(block);
      if (known !== undefined) return known;
      if (!blockIds.includes(block)) return undefined;
      const index = indexOperations(loadOpenApi(import.meta.url, `../../mocks/${block}/openapi.yaml`));
      indexes.set(block, index);
      return index;
    },
    violations: (schema, data) => {
      try {
        return schemas.violations(schema, data);
      } catch {
        // The schema itself is reported where it stands.
        return [];
      }
    },
  };
}
