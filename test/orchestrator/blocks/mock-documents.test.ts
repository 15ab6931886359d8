import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { createOperationTable } from '../../../mocks/kit/operation-table.js';
import { toBlockRequest } from '../../../orchestrator/blocks/openapi-call.js';
import { indexOperations, type DocumentedOperation } from '../../../orchestrator/blocks/operation-index.js';

/** Requests are built by the orchestrator and matched by the blocks, each with code of its own: they must agree. */
const MOCKS = new URL('../../../mocks/', import.meta.url);
const documents = readdirSync(MOCKS)
  .map((block) => ({ block, place: new URL(`${block}/openapi.yaml`, MOCKS) }))
  .filter(({ place }) => existsSync(place))
  .map(({ block, place }) => ({ block, document: parse(readFileSync(place, 'utf8')) as JsonObject }));

function valuesFor({ parameters, requestBody, when }: DocumentedOperation): JsonObject {
  const values: Record<string, Json> = requestBody ? { body: {} } : {};
  for (const { name } of parameters) if (when[name] === undefined) values[name] = `v-${name}`;
  return values;
}

describe('the documents of the mocks', () => {
  it('are there', () => {
    expect(documents.map(({ block }) => block)).toEqual(
      expect.arrayContaining(['consent', 'digital-registries', 'information-mediator']),
    );
  });

  it.each(documents)('of $block: each call reaches the operation that it names', ({ document }) => {
    const index = indexOperations(document);
    const table = createOperationTable(document);
    expect([...index.keys()].sort()).toEqual(table.operations.map(({ operationId }) => operationId).sort());
    for (const operation of index.values()) {
      const { operationId } = operation;
      const request = toBlockRequest(index, {}, { operationId, parameters: valuesFor(operation) });
      const match = table.match(request.method, request.path, request.query);
      expect({
        operationId,
        match: match.kind === 'found' ? match.operation.operationId : match.kind,
      }).toEqual({
        operationId,
        match: operationId,
      });
    }
  });
});
