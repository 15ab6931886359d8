import { randomUUID } from 'node:crypto';
import type { Block, BlockId } from '../../../contracts/block.js';
import type { DocumentStore } from '../../../contracts/documents.js';
import { workspaceIdSchema } from '../../../contracts/ids.js';
import { silentLogger } from '../../../contracts/logger.js';
import { BLOCK_QUEUE, BLOCK_RETRIES_QUEUE } from '../../../contracts/queue.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { createMemoryQueues } from '../../../infra/memory/memory-queues.js';
import type { UseCase } from '../../../orchestrator/definition/load-use-case.js';
import { createBuildingBlocks } from '../../building-blocks.js';
import { createIds } from '../../ids.js';

export interface DocumentedBlock {
  readonly block: Block;
  /** Names of the collections of its state, without the block's own. */
  readonly collections: readonly string[];
}

const nowhere = (): never => {
  throw new Error('blocks that are only described do nothing');
};

/** All blocks, made as the sandbox makes them, to be described and for nothing else. */
export async function readBlocks(
  useCases: readonly UseCase[],
): Promise<ReadonlyMap<BlockId, DocumentedBlock>> {
  const opened = new Set<string>();
  const realClock = { now: () => new Date() };
  const queues = createMemoryQueues({ logger: silentLogger });
  const building = createBuildingBlocks({
    publicUrl: 'http://localhost:4000',
    documents: noting(createMemoryDocuments(), opened),
    journal: createMemoryJournal(),
    queue: queues.queue(BLOCK_QUEUE),
    retries: queues.queue(BLOCK_RETRIES_QUEUE),
    clocks: { of: () => realClock },
    realClock,
    ids: createIds(realClock),
    digest: { sha256: () => randomUUID(), keyed: () => randomUUID() },
    logger: silentLogger,
    secrets: { resolve: () => Promise.resolve({}) },
    outboundHosts: [],
    attestations: { verify: () => Promise.resolve(undefined) },
    useCases: () => useCases,
    timers: nowhere,
    announce: nowhere,
    deliverCallback: nowhere,
  });
  const found = new Map<BlockId, DocumentedBlock>();
  for (const block of building.blocks.values()) {
    // A block opens its collections when its state is first needed.
    await block.reset(workspaceIdSchema.parse('described'), {});
    const prefix = `mock-${block.id}-`;
    const collections = [...opened].filter((name) => name.startsWith(prefix) && !name.endsWith('-commits'));
    found.set(block.id, { block, collections: collections.map((name) => name.slice(prefix.length)).sort() });
  }
  await queues.close();
  return found;
}

function noting(documents: DocumentStore, opened: Set<string>): DocumentStore {
  return {
    ...documents,
    collection: (name, indexes) => {
      opened.add(name);
      return documents.collection(name, indexes);
    },
  };
}
