import { joinSeeds } from '../../../app/join-seeds.js';
import { loadUseCases } from '../../../app/read-use-cases.js';
import { readMockSeeds, type MockSeeds } from '../../../app/mock-seeds.js';
import { startMockServer, type MockServer } from '../../../app/mock-server.js';
import { blockIds, type BlockId } from '../../../contracts/block.js';
import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import type { Logger } from '../../../contracts/logger.js';

const WITH_COMPLIANCE_SEEDS: readonly BlockId[] = ['digital-registries', 'payments', 'information-mediator'];

/** What the use cases and the official suites put into the blocks, together. */
export async function readAllSeeds(): Promise<MockSeeds> {
  const useCases = await loadUseCases();
  const compliance = await Promise.all(
    WITH_COMPLIANCE_SEEDS.map((block) => readMockSeeds(block, 'compliance')),
  );
  // The mediator's seeds bring a registry of the same name as those of the registries.
  const [registries, payments, mediator] = compliance as [MockSeeds, MockSeeds, MockSeeds];
  const ofUseCases = joinSeeds(useCases.map((useCase) => useCase.seeds())) as JsonObject;
  const seeds = [ofUseCases, registries.seeds, payments.seeds];
  const services = useCases.flatMap(({ manifest }) => Object.values(manifest.services));
  return { seeds: seeds.reduce(joined, {}), services: [...services, ...mediator.services] };
}

/** One server for each block that is asked for, on real sockets. */
export async function startBlocks(
  seed: MockSeeds,
  logger: Logger,
  blocks: readonly BlockId[] = blockIds,
): Promise<ReadonlyMap<BlockId, MockServer>> {
  const started = blocks.map(
    async (block) =>
      [
        block,
        await startMockServer({
          block,
          port: 0,
          host: '127.0.0.1',
          seed,
          realClock: { now: () => new Date() },
          logger,
        }),
      ] as const,
  );
  return new Map(await Promise.all(started));
}

function joined(one: JsonObject, other: JsonObject): JsonObject {
  const both = { ...one } as Record<string, Json>;
  for (const [name, value] of Object.entries(other)) {
    const before = both[name];
    if (Array.isArray(before) && Array.isArray(value))
      both[name] = [...(before as Json[]), ...(value as Json[])];
    else both[name] = isJsonObject(before) && isJsonObject(value) ? joined(before, value) : (value ?? null);
  }
  return both;
}
