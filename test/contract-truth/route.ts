import type { JsonObject } from '../../contracts/json.js';
import { createOperationTable, type ContractOperation } from '../../mocks/kit/operation-table.js';

/** Where a block takes an official operation to. */
export type Routed =
  | { readonly kind: 'served'; readonly operationId: string }
  /** Found, but under a path of another shape: an operation that happens to swallow it. */
  | { readonly kind: 'elsewhere'; readonly operationId: string; readonly template: string }
  | { readonly kind: 'no-path' | 'no-method' | 'no-variant' };

/** Finds what a block does with an official operation, as its router would with parameters filled in. */
export function routeOfficial(openapi: JsonObject, official: ContractOperation): Routed {
  const { method, template, when } = official;
  const path = template.replaceAll(/\{[^}]+\}/g, 'value');
  const match = createOperationTable(openapi).match(method, path, when);
  if (match.kind !== 'found') return { kind: match.kind };
  const { operationId, template: own } = match.operation;
  return shapeOf(own) === shapeOf(template)
    ? { kind: 'served', operationId }
    : { kind: 'elsewhere', operationId, template: own };
}

const shapeOf = (template: string): string => template.replaceAll(/\{[^}]+\}/g, '{}').replace(/(.)\/$/, '$1');
