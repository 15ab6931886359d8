import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { notYetServed, servedElsewhere } from '../../app/docs/contradictions/not-yet.js';
import { blockIds } from '../../contracts/block.js';
import type { JsonObject } from '../../contracts/json.js';
import { hasOfficial, readOfficial } from './read-official.js';
import { routeOfficial } from './route.js';

const contracts = new Map<string, JsonObject>(
  blockIds.map((block) => [
    block,
    parse(readFileSync(new URL(`../../mocks/${block}/openapi.yaml`, import.meta.url), 'utf8')) as JsonObject,
  ]),
);

const inbound = readOfficial().filter(({ outbound }) => outbound === undefined);
const routed = inbound.flatMap(({ block, place, dialect, table }) =>
  table.operations.map((operation) => ({
    block,
    place,
    dialect,
    operation: operation.operationId,
    to: routeOfficial(contracts.get(block) ?? {}, operation),
  })),
);

(hasOfficial ? describe : describe.skip)('the paths of the official documents', () => {
  it('are all looked at', () => {
    expect(routed.length).toBeGreaterThan(190);
    expect(new Set(routed.map(({ block }) => block)).size).toBe(9);
  });

  it('each lead to an operation, but for those that are listed as missing', () => {
    const missing = routed
      .filter(({ to }) => to.kind !== 'served' && to.kind !== 'elsewhere')
      .map(({ block, place, operation }) => `${block} | ${place} | ${operation}`);
    const listed = notYetServed.flatMap(({ block, document, operations }) =>
      operations.map((operation) => `${block} | ${document} | ${operation}`),
    );
    if (missing.length > 0)
      process.stdout.write(
        `${missing.length} official operations are missing:\n${missing.map((line) => `  ${line}\n`).join('')}`,
      );
    expect([...missing].sort()).toEqual([...listed].sort());
  });

  it('lead to the operation of that path, but for those that are listed as meant so', () => {
    const elsewhere = routed.flatMap(({ operation, to }) =>
      to.kind === 'elsewhere' ? [`${operation} -> ${to.operationId}`] : [],
    );
    const listed = servedElsewhere.map(({ operation, operationId }) => `${operation} -> ${operationId}`);
    expect([...new Set(elsewhere)].sort()).toEqual([...listed].sort());
  });
});
