import { randomUUID } from 'node:crypto';
import type {
  AttestationVerifier,
  Block,
  BlockDeps,
  BlockId,
  BlockJob,
  BlockSeeds,
} from '../contracts/block.js';
import type { Clock, WorkspaceClocks } from '../contracts/clock.js';
import type { Digest } from '../contracts/digest.js';
import type { DocumentStore } from '../contracts/documents.js';
import { DEFAULT_WORKSPACE, workspaceIdSchema, type Ids, type WorkspaceId } from '../contracts/ids.js';
import type { Journal } from '../contracts/journal.js';
import { isJsonObject, type JsonObject, textOf } from '../contracts/json.js';
import type { Logger } from '../contracts/logger.js';
import type { Job, JobQueue } from '../contracts/queue.js';
import { createConsentBlock } from '../mocks/consent/block.js';
import { createConsentLookup } from '../mocks/consent/lookup.js';
import { createDigitalRegistriesBlock } from '../mocks/digital-registries/block.js';
import { createFinancialInstitutionBlock } from '../mocks/financial-institution/block.js';
import { institutionServices } from '../mocks/financial-institution/directory.js';
import { createIdentityBlock } from '../mocks/identity/block.js';
import { createInformationMediatorBlock } from '../mocks/information-mediator/block.js';
import { createAccessRights, type AccessRights } from '../mocks/information-mediator/access-rights.js';
import { createDirectory, type ExtraService } from '../mocks/information-mediator/directory.js';
import type { Announce } from '../mocks/information-mediator/ports.js';
import { createOperationLookup } from '../mocks/information-mediator/operation-lookup.js';
import { endpointsOf } from '../mocks/information-mediator/service-description.js';
import { createMediator, type Mediator } from '../mocks/information-mediator/relay.js';
import { subjectKey } from './subject-key.js';
import { createCallbackSender, type DurableCallbackSender } from '../mocks/kit/callback-sender.js';
import { createFaults, type FaultBoard } from '../mocks/kit/faults.js';
import { createMessagingBlock } from '../mocks/messaging/block.js';
import { createPaymentsBlock } from '../mocks/payments/block.js';
import { paymentsRights } from '../mocks/payments/directory.js';
import { createRegistrationBlock } from '../mocks/registration/block.js';
import { createSchedulerBlock } from '../mocks/scheduler/block.js';
import { createBindings, type Bindings } from '../orchestrator/blocks/bindings.js';
import type { UseCase } from '../orchestrator/definition/load-use-case.js';
import type { Timer, Timers } from '../orchestrator/runtime/timers.js';

/** All building blocks of the installation, and the one way to them. */
export interface BuildingBlocks {
  readonly blocks: ReadonlyMap<BlockId, Block>;
  readonly mediator: Mediator;
  readonly bindings: Bindings;
  readonly faults: FaultBoard;
  readonly rights: AccessRights;
  readonly callbacks: DurableCallbackSender;
  readonly openapiOf: (block: BlockId) => JsonObject | undefined;
  /** A job of the `blocks` queue. */
  readonly runJob: (job: Job) => Promise<void>;
  /** A block's timer came due on the workspace clock. */
  readonly fireTimer: (timer: Timer) => Promise<void>;
  /** Empties and seeds every block of a workspace. */
  reset(workspace: WorkspaceId): Promise<void>;
  /** The same for one block. */
  readonly resetBlock: (workspace: WorkspaceId, block: BlockId) => Promise<void>;
}

/** What a use case brings to the building blocks. */
export interface SeedSource extends Pick<UseCase, 'seeds'> {
  readonly manifest: Pick<UseCase['manifest'], 'id' | 'client' | 'services'>;
}

export interface BuildingBlockDeps {
  readonly publicUrl: string;
  readonly documents: DocumentStore;
  readonly journal: Journal;
  readonly queue: JobQueue;
  /** For what is tried again much later: nobody waits for that before the clock moves on. */
  readonly retries: JobQueue;
  readonly clocks: WorkspaceClocks;
  readonly realClock: Clock;
  readonly ids: Ids;
  readonly digest: Digest;
  readonly logger: Logger;
  readonly attestations: AttestationVerifier;
  /** As they are loaded now: seeds are taken at each reset, members and services of the mediator at the start. */
  readonly useCases: () => readonly SeedSource[];
  /** The runtime's timers; asked for late, since runtime and blocks know each other. */
  readonly timers: () => Timers;
  /** Hands an event of the mediator's rooms to the workflows. */
  readonly announce: Announce;
  /** Delivers a callback; resolves to the status. */
  readonly deliverCallback: Parameters<typeof createCallbackSender>[0]['deliver'];
}

/** A callback that is tried again after so long belongs to a receiver that is away, not to what just happens. */
const LONG_PAUSE_MS = 5_000;

const factories: Readonly<
  Record<Exclude<BlockId, 'information-mediator' | 'identity'>, (deps: BlockDeps) => Block>
> = {
  consent: createConsentBlock,
  'digital-registries': createDigitalRegistriesBlock,
  registration: createRegistrationBlock,
  payments: createPaymentsBlock,
  messaging: createMessagingBlock,
  scheduler: createSchedulerBlock,
  'financial-institution': createFinancialInstitutionBlock,
};

export function createBuildingBlocks(deps: BuildingBlockDeps): BuildingBlocks {
  const { documents, journal, queue, clocks, realClock, ids, logger } = deps;
  const blocks = new Map<BlockId, Block>();
  const openapiOf = (id: BlockId): JsonObject | undefined => blocks.get(id)?.openapi;
  const manifests = deps.useCases().map(({ manifest }) => manifest);
  const directory = createDirectory(manifests, institutions());
  const faults = createFaults({ documents, realClock });
  const bindings = createBindings({ documents, blockOf: (id) => blocks.get(id), realClock });
  const rights = createAccessRights({
    documents,
    directory,
    clocks,
    realClock,
    hasOperation: (service, operationId) =>
      endpointsOf(service, openapiOf(service.block) ?? {}).some((one) => one.operationId === operationId),
  });
  const mediator = createMediator({
    directoryOf: (workspace) => rights.directoryOf(workspace),
    subjectKey: (workspace, identifier) => subjectKey(deps.digest, workspace, identifier),
    operationOf: createOperationLookup(openapiOf),
    consents: createConsentLookup({ documents }),
    deliver: (workspace, service, request) => bindings.deliver(workspace, service, request),
    log: journal,
    realClock,
    clocks,
    ids,
    uuid: randomUUID,
    logger,
  });
  const callbacks = createCallbackSender({
    documents,
    schedule: (workspace, callbackId, delayMs) =>
      (delayMs > LONG_PAUSE_MS ? deps.retries : queue).enqueue(
        'callback',
        { workspace, callbackId },
        { delayMs },
      ),
    deliver: deps.deliverCallback,
    secretOf: (workspace) => deps.digest.keyed(`callbacks:${workspace}`),
    realClock,
    logger,
  });
  const blockDeps: BlockDeps = {
    documents,
    clocks,
    realClock,
    ids,
    logger,
    callbacks,
    services: mediator,
    attestations: deps.attestations,
    faults,
    jobs: {
      schedule: (workspace, block, job, time) =>
        time.kind === 'after'
          ? queue.enqueue('job', { workspace, block, job: { ...job } }, { delayMs: time.milliseconds })
          : deps.timers().replace({
              _id: timerId(workspace, block, job.id),
              workspace,
              due: time.instant,
              target: { kind: 'block', block, job: { ...job } },
            }),
      cancel: (workspace, block, jobId) => deps.timers().cancel(timerId(workspace, block, jobId)),
    },
  };
  blocks.set('identity', createIdentityBlock(blockDeps, { publicUrl: deps.publicUrl }));
  for (const [id, create] of Object.entries(factories)) blocks.set(id as BlockId, create(blockDeps));
  blocks.set(
    'information-mediator',
    createInformationMediatorBlock(blockDeps, {
      directory,
      directoryOf: (workspace) => rights.directoryOf(workspace),
      openapiOf,
      announce: deps.announce,
      baseUrlOf: (workspace) =>
        workspace === DEFAULT_WORKSPACE ? deps.publicUrl : `${deps.publicUrl}/w/${workspace}`,
    }),
  );

  const run = async (workspace: WorkspaceId, block: unknown, job: unknown): Promise<void> => {
    await blocks.get(block as BlockId)?.runJob(workspace, job as BlockJob);
  };
  return {
    blocks,
    mediator,
    bindings,
    faults,
    callbacks,
    rights,
    openapiOf,
    runJob: async ({ name, data }) => {
      const workspace = workspaceIdSchema.parse(data['workspace']);
      if (name === 'callback') await callbacks.deliver(workspace, textOf(data['callbackId']));
      else await run(workspace, data['block'], data['job']);
    },
    fireTimer: async ({ workspace, target }) => {
      if (target.kind === 'block') await run(workspace, target.block, target.job);
    },
    resetBlock: async (workspace, id) => {
      await blocks.get(id)?.reset(workspace, seedsByBlock(deps.useCases())[id] ?? {});
    },
    reset: async (workspace) => {
      await callbacks.clear(workspace);
      await faults.clear(workspace);
      await rights.restore(workspace);
      await bindings.reset(workspace);
      const seeds = seedsByBlock(deps.useCases());
      for (const block of blocks.values()) await block.reset(workspace, seeds[block.id] ?? {});
    },
  };
}

/** The banks and the mobile operator: members of the mediator that no use case declares. */
function institutions(): readonly ExtraService[] {
  return institutionServices.map((service) => ({
    declaredBy: 'financial institutions',
    service: {
      ...service,
      access: paymentsRights
        .filter((right) => right.service === `${service.provider}/${service.code}`)
        .map(({ client, operations, basis }) => ({
          client,
          operations: [...operations],
          basis: { kind: 'public-task' as const, reference: basis.reference },
        })),
    },
  }));
}

/** Seeds of all use cases, joined by block and collection. */
function seedsByBlock(useCases: readonly SeedSource[]): Readonly<Partial<Record<BlockId, BlockSeeds>>> {
  const joined: Partial<Record<string, Record<string, JsonObject[]>>> = {};
  for (const file of useCases.flatMap(({ seeds }) => seeds())) {
    for (const [block, collections] of Object.entries(file)) {
      if (!isJsonObject(collections)) continue;
      const ofBlock = (joined[block] ??= {});
      for (const [collection, records] of Object.entries(collections)) {
        (ofBlock[collection] ??= []).push(...(records as unknown as JsonObject[]));
      }
    }
  }
  return joined;
}

function timerId(workspace: WorkspaceId, block: BlockId, job: string): string {
  return `${workspace}/block/${block}/${job}`;
}
