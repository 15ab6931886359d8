import type { BlockId, BlockSeeds } from '../contracts/block.js';
import { canonicalJson, isJsonObject, type JsonObject } from '../contracts/json.js';

/** The seed files of one use case: collections by block. */
export type SeedFiles = readonly JsonObject[];

/**
 * Seeds of all use cases, joined by block and collection. A government has one population registry: what a use case
 * brings word for word as one before it did is there once. What differs stays, and the block says that it is there twice.
 */
export function joinSeeds(useCases: readonly SeedFiles[]): Readonly<Partial<Record<BlockId, BlockSeeds>>> {
  const joined: Partial<Record<string, Record<string, JsonObject[]>>> = {};
  const brought = new Set<string>();
  for (const files of useCases) {
    const own: string[] = [];
    for (const file of files) {
      for (const [block, collections] of Object.entries(file)) {
        if (!isJsonObject(collections)) continue;
        const ofBlock = (joined[block] ??= {});
        for (const [collection, records] of Object.entries(collections)) {
          const entries = records as unknown as readonly JsonObject[];
          const named = entries.map((entry) => `${block} ${collection} ${canonicalJson(entry)}`);
          own.push(...named);
          (ofBlock[collection] ??= []).push(
            ...entries.filter((_, index) => !brought.has(named[index] ?? '')),
          );
        }
      }
    }
    for (const name of own) brought.add(name);
  }
  return joined;
}
