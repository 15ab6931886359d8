import type { BlockId } from '../contracts/block.js';
import type { Clock } from '../contracts/clock.js';
import type { DocumentStore } from '../contracts/documents.js';
import { DEFAULT_WORKSPACE } from '../contracts/ids.js';
import { textOf } from '../contracts/json.js';
import type { Logger } from '../contracts/logger.js';
import { SandboxError } from '../contracts/problems.js';
import { BLOCK_QUEUE, TIMER_QUEUE } from '../contracts/queue.js';
import { createMemoryDocuments } from '../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../infra/memory/memory-journal.js';
import { createMemoryQueues } from '../infra/memory/memory-queues.js';
import { createTimers, type Timers } from '../orchestrator/runtime/timers.js';
import { createBuildingBlocks, type BuildingBlocks, type BuildingBlockDeps } from './building-blocks.js';
import { createEgress } from '../orchestrator/blocks/outbound/egress/egress.js';
import { parseHostPattern, type HostPattern } from '../orchestrator/blocks/outbound/egress/host-patterns.js';
import { createOutboundAgent } from '../orchestrator/blocks/outbound/egress/outbound-agent.js';
import { createCallbackDelivery } from './deliver-callback.js';
import { createSendCallback } from './send-callback.js';
import { createIds } from './ids.js';
import type { MockSeeds } from './mock-seeds.js';
import { openSecrets } from './secrets.js';

const KEPT_REQUESTS = 10_000;

/** Whoever tries a mock alone listens on the same machine. */
const thisMachine = ['localhost', '127.0.0.1', '[::1]'].flatMap((host) => parseHostPattern(host) ?? []);

export interface MockBlocksOptions {
  /** The block that the seeds are for. */
  readonly block: BlockId;
  readonly seeds: MockSeeds;
  /** Where the block answers; it stands in links and discovery documents. */
  readonly origin: string;
  readonly realClock: Clock;
  readonly logger: Logger;
  /** Where their state is kept; in memory when absent. Whoever opened it closes it. */
  readonly documents?: DocumentStore;
  /** Where callbacks may go besides this machine. */
  readonly callbackHosts?: readonly HostPattern[] | undefined;
  /** Over HTTP when absent. */
  readonly deliverCallback?: BuildingBlockDeps['deliverCallback'];
}

export interface MockBlocks {
  readonly building: BuildingBlocks;
  readonly close: () => Promise<void>;
}

/** All blocks in memory, since blocks call each other, with what keeps their jobs and timers going. */
export async function openMockBlocks(deps: MockBlocksOptions): Promise<MockBlocks> {
  const { realClock, logger, origin, seeds } = deps;
  const documents = deps.documents ?? createMemoryDocuments();
  const queues = createMemoryQueues({ logger });
  const clocks = { of: () => realClock };
  const { digest, attestations } = await openSecrets(documents);
  const egress = createEgress([...thisMachine, ...(deps.callbackHosts ?? [])]);
  const agent = createOutboundAgent({ egress });
  const late: { timers?: Timers } = {};
  const building = createBuildingBlocks({
    publicUrl: origin,
    documents,
    journal: createMemoryJournal(),
    queue: queues.queue(BLOCK_QUEUE),
    retries: queues.queue(BLOCK_QUEUE),
    clocks,
    realClock,
    ids: createIds(realClock),
    digest,
    logger,
    attestations,
    // A block that is served alone is the mock itself.
    secrets: { resolve: () => Promise.resolve({}) },
    outboundHosts: [],
    useCases: () => [sourceOf(deps.block, seeds)],
    timers: () => {
      if (late.timers === undefined) throw new Error('a timer was set before the timers were there');
      return late.timers;
    },
    announce: () => Promise.resolve(),
    keepRequests: KEPT_REQUESTS,
    deliverCallback:
      deps.deliverCallback ??
      createCallbackDelivery({
        publicUrl: origin,
        send: createSendCallback({ dispatcher: agent, egress }),
        workspaceOf: () => Promise.resolve(DEFAULT_WORKSPACE),
        receive: () =>
          Promise.reject(new SandboxError('GSB-REQ-002', { detail: 'no run waits for callbacks here' })),
      }),
  });
  const timers = createTimers({
    documents,
    clocks,
    realClock,
    queue: queues.queue(TIMER_QUEUE),
    fire: building.fireTimer,
  });
  late.timers = timers;
  queues.work(BLOCK_QUEUE, 16, building.runJob);
  queues.work(TIMER_QUEUE, 1, (job) => timers.fire(textOf(job.data['id'])));
  const close = async (): Promise<void> => {
    await building.requests?.close();
    await queues.close();
    await agent.destroy();
  };
  return { building, close };
}

function sourceOf(
  block: BlockId,
  { seeds, services }: MockSeeds,
): ReturnType<Parameters<typeof createBuildingBlocks>[0]['useCases']>[number] {
  const client = 'SANDBOX/GOV/MOCK/CLIENT';
  const named = services.map((service, index): [string, typeof service] => [`service${index + 1}`, service]);
  return {
    manifest: { id: `mock-${block}`, client, services: Object.fromEntries(named) },
    seeds: () => [seeds],
  };
}
