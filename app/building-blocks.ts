import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  AttestationVerifier,
  Block,
  BlockDeps,
  BlockId,
  BlockJob,
  RequestRecorder,
  ServiceCaller,
} from '../contracts/block.js';
import type { Clock, WorkspaceClocks } from '../contracts/clock.js';
import { correlationHeaders, noCorrelation, type Correlation } from '../contracts/correlation.js';
import type { Digest } from '../contracts/digest.js';
import type { DocumentStore } from '../contracts/documents.js';
import { workspaceIdSchema, type Ids, type WorkspaceId } from '../contracts/ids.js';
import type { Journal } from '../contracts/journal.js';
import { type JsonObject, textOf } from '../contracts/json.js';
import type { Logger } from '../contracts/logger.js';
import { noMetrics, type Metrics } from '../contracts/metrics.js';
import type { RequestJournal } from '../contracts/request-journal.js';
import type { Job, JobQueue } from '../contracts/queue.js';
import type { WorkspaceSeed } from '../contracts/workspace.js';
import type { Secrets } from '../contracts/secrets.js';
import type { SharedOrder } from '../contracts/shared-order.js';
import { createConsentBlock } from '../mocks/consent/block.js';
import { createConsentLookup, type ConsentLookup } from '../mocks/consent/lookup.js';
import { createDigitalRegistriesBlock } from '../mocks/digital-registries/block.js';
import { createFinancialInstitutionBlock } from '../mocks/financial-institution/block.js';
import { institutionServices } from '../mocks/financial-institution/directory.js';
import { createIdentityBlock } from '../mocks/identity/block.js';
import { createInformationMediatorBlock } from '../mocks/information-mediator/block.js';
import { createBreakableRelay } from '../mocks/information-mediator/broken-relay.js';
import { createAccessRights, type AccessRights } from '../mocks/information-mediator/access-rights.js';
import { createDirectory, type ExtraService } from '../mocks/information-mediator/directory.js';
import { createDirectoryOf } from '../mocks/information-mediator/configuration/workspace-directory.js';
import type { Announce } from '../mocks/information-mediator/ports.js';
import {
  createNearOperations,
  createOperationLookup,
} from '../mocks/information-mediator/operation-lookup.js';
import { createMediator, type Mediator } from '../mocks/information-mediator/relay.js';
import { endpointsOf } from '../mocks/information-mediator/service-description.js';
import { joinSeeds } from './join-seeds.js';
import { subjectKey } from './subject-key.js';
import { createCallbackKeys, type CallbackKeys } from '../mocks/kit/callback-keys.js';
import { createCallbackSender, type DurableCallbackSender } from '../mocks/kit/callback-sender.js';
import { createFaults, type FaultBoard } from '../mocks/kit/faults.js';
import { createUnreadable, type Unreadable } from '../mocks/kit/unreadable-answers.js';
import { createRequestJournal } from '../mocks/kit/journal/request-journal.js';
import { createMessagingBlock, type MessagingOptions } from '../mocks/messaging/block.js';
import { createPaymentsBlock } from '../mocks/payments/block.js';
import { paymentsRights } from '../mocks/payments/directory.js';
import { createRegistrationBlock } from '../mocks/registration/block.js';
import { alertMessages } from '../mocks/scheduler/directory.js';
import { createSchedulerBlock } from '../mocks/scheduler/block.js';
import { createEgress } from '../orchestrator/blocks/outbound/egress/egress.js';
import type { HostPattern } from '../orchestrator/blocks/outbound/egress/host-patterns.js';
import { createWorkflowBlock } from '../mocks/workflow/block.js';
import type { WorkflowRuns } from '../mocks/workflow/ports.js';
import { createBindings, type Bindings } from '../orchestrator/blocks/bindings.js';
import type { UseCase } from '../orchestrator/definition/load-use-case.js';
import type { Gate } from '../orchestrator/workspaces/gate.js';
import { journalRealSystems } from './journal-real-systems.js';
import type { Timer, Timers } from '../orchestrator/runtime/timers.js';
import { workspaceUrl } from './callback-url.js';
import { createAnswerCheck } from './answer-check.js';
import { meteredDeliver } from './metered.js';
import { createReadableServices } from './readable-services.js';
import { wholeAnswers } from './whole-answers.js';

/** All building blocks of the installation, and the one way to them. */
export interface BuildingBlocks {
  readonly blocks: ReadonlyMap<BlockId, Block>;
  readonly mediator: Mediator;
  readonly bindings: Bindings;
  readonly faults: FaultBoard;
  readonly rights: AccessRights;
  readonly consents: ConsentLookup;
  readonly callbacks: DurableCallbackSender;
  readonly callbackKeys: CallbackKeys;
  /** Absent: none is kept. */
  readonly requests: RequestJournal | undefined;
  readonly openapiOf: (block: BlockId) => JsonObject | undefined;
  /** Why a successful answer cannot be read by its contract. */
  readonly unreadable: Unreadable;
  /** A job of the `blocks` queue. */
  readonly runJob: (job: Job) => Promise<void>;
  /** A block's timer came due on the workspace clock. */
  readonly fireTimer: (timer: Timer) => Promise<void>;
  /** Empties every block of a workspace and seeds it: with what the use cases bring, or with nothing. */
  reset(workspace: WorkspaceId, seed?: WorkspaceSeed): Promise<void>;
  /** Empties and seeds one block. */
  readonly resetBlock: (workspace: WorkspaceId, block: BlockId) => Promise<void>;
  /** Finishes what is half done and forgets what is held in memory: see `Block.rest`. */
  rest(workspace: WorkspaceId): Promise<void>;
  /** What the blocks have still to do by themselves in a workspace. */
  readonly jobs: {
    list(workspace: WorkspaceId): Promise<readonly Pick<Job, 'name' | 'data'>[]>;
    add(workspace: WorkspaceId, name: string, data: JsonObject): Promise<void>;
    discard(workspace: WorkspaceId): Promise<void>;
  };
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
  /** What bindings name by reference. */
  readonly secrets: Pick<Secrets, 'resolve'>;
  /** Where real systems may be. */
  readonly outboundHosts: readonly HostPattern[];
  readonly messaging?: MessagingOptions;
  readonly attestations: AttestationVerifier;
  /** As they are loaded now: seeds are taken at each reset, members and services of the mediator at the start. */
  readonly useCases: () => readonly SeedSource[];
  /** The seeds of a workspace, as its country has them; those of `useCases` when absent. */
  readonly seedsOf?: (workspace: WorkspaceId) => Promise<readonly Pick<UseCase, 'seeds'>[]>;
  /** The runtime's timers; asked for late, since runtime and blocks know each other. */
  readonly timers: () => Timers;
  /** Hands an event of the mediator's rooms to the workflows. */
  readonly announce: Announce;
  /** Keeps jobs out of a workspace that is emptied or stored; none when absent. */
  readonly gate?: Pick<Gate, 'enter' | 'life'>;
  /** The sandbox's own runs, for the workflow building block; absent when it is served alone. */
  readonly workflowRuns?: WorkflowRuns;
  /** Delivers a callback; resolves to the status. */
  readonly deliverCallback: Parameters<typeof createCallbackSender>[0]['deliver'];
  /** How many requests to blocks are remembered per workspace; none when 0 or absent. */
  readonly keepRequests?: number;
  /** What blocks do later still belongs to the request that they do it for. */
  readonly correlation?: Correlation;
  readonly metrics?: Metrics;
  /** Puts a block of another process in the place of ours, where there is one: see `RemoteBlocks`. */
  readonly elsewhere?: (block: Block, requests: RequestRecorder | undefined) => Block;
  /** Through which blocks call each other, where that is not the mediator of this process. */
  readonly services?: ServiceCaller;
  /** Turns with other processes that answer for the same blocks. */
  readonly order?: SharedOrder | undefined;
  /** Hears of each request in the place of a journal of this process. */
  readonly recorder?: RequestRecorder;
}

/** A callback that is tried again after so long belongs to a receiver that is away, not to what just happens. */
const LONG_PAUSE_MS = 5_000;

const factories: Readonly<
  Record<
    Exclude<BlockId, 'information-mediator' | 'identity' | 'messaging' | 'workflow'>,
    (deps: BlockDeps) => Block
  >
> = {
  consent: createConsentBlock,
  'digital-registries': createDigitalRegistriesBlock,
  registration: createRegistrationBlock,
  payments: createPaymentsBlock,
  scheduler: createSchedulerBlock,
  'financial-institution': createFinancialInstitutionBlock,
};

export function createBuildingBlocks(deps: BuildingBlockDeps): BuildingBlocks {
  const { documents, journal, queue, clocks, realClock, ids, logger } = deps;
  const { correlation = noCorrelation, metrics = noMetrics } = deps;
  const blocks = new Map<BlockId, Block>();
  const openapiOf = (id: BlockId): JsonObject | undefined => blocks.get(id)?.openapi;
  const manifests = deps.useCases().map(({ manifest }) => manifest);
  const directory = createDirectory(manifests, [...institutions(), alertService]);
  const faults = createFaults({ documents, realClock, random: Math.random });
  const operationOf = createOperationLookup(openapiOf);
  const unreadable = createUnreadable(openapiOf);
  const bindings = createBindings({
    documents,
    blockOf: (id) => wholeAnswers(blocks.get(id)),
    openapiOf,
    secrets: deps.secrets,
    egress: createEgress(deps.outboundHosts),
    realClock,
    violations: createAnswerCheck(openapiOf),
  });
  const requests =
    deps.keepRequests === undefined || deps.keepRequests === 0
      ? undefined
      : createRequestJournal({ documents, clocks, realClock, logger, keep: deps.keepRequests });
  const recorder = deps.recorder ?? requests;
  const rights = createAccessRights({
    documents,
    configuredOf: createDirectoryOf({ documents, directory }),
    clocks,
    realClock,
    hasOperation: (service, operationId) =>
      endpointsOf(service, openapiOf(service.block) ?? {}).some((one) => one.operationId === operationId),
  });
  const consents = createConsentLookup({ documents });
  const relay = createMediator({
    directoryOf: (workspace) => rights.directoryOf(workspace),
    subjectKey: (workspace, identifier) => subjectKey(deps.digest, workspace, identifier),
    operationOf,
    nearOperations: createNearOperations(openapiOf),
    consents,
    deliver: meteredDeliver(journalRealSystems({ bindings, requests, operationOf, realClock }), metrics),
    log: journal,
    realClock,
    clocks,
    ids,
    uuid: randomUUID,
    logger,
  });
  const mediator = createBreakableRelay(relay, { faults, uuid: randomUUID, wait: sleep });
  const callbackKeys = createCallbackKeys({ documents, digest: deps.digest, realClock });
  const callbacks = createCallbackSender({
    documents,
    schedule: (workspace, callbackId, delayMs) =>
      (delayMs > LONG_PAUSE_MS ? deps.retries : queue).enqueue(
        'callback',
        { workspace, callbackId },
        { delayMs },
      ),
    deliver: deps.deliverCallback,
    secretsOf: async (workspace) => (await callbackKeys.list(workspace)).map(({ secret }) => secret),
    faults,
    realClock,
    logger,
    headers: () => correlationHeaders(correlation.current()),
  });
  const blockDeps: BlockDeps = {
    documents,
    clocks,
    realClock,
    ids,
    logger,
    callbacks,
    services: createReadableServices({
      services: deps.services ?? mediator,
      service: (id) => directory.service(id),
      operationOf,
      unreadable,
    }),
    attestations: deps.attestations,
    faults,
    ...(deps.order && { order: deps.order }),
    ...(recorder && { requests: recorder }),
    jobs: {
      schedule: (workspace, block, job, time) =>
        time.kind === 'after'
          ? queue.enqueue(
              'job',
              { workspace, block, job: { ...job }, ...correlated() },
              { delayMs: time.milliseconds },
            )
          : deps.timers().replace({
              _id: timerId(workspace, block, job.id),
              workspace,
              due: time.instant,
              target: { kind: 'block', block, job: { ...job }, ...correlated() },
            }),
      cancel: (workspace, block, jobId) => deps.timers().cancel(timerId(workspace, block, jobId)),
    },
  };
  blocks.set('identity', createIdentityBlock(blockDeps, { publicUrl: deps.publicUrl }));
  blocks.set('messaging', createMessagingBlock(blockDeps, deps.messaging));
  for (const [id, create] of Object.entries(factories)) blocks.set(id as BlockId, create(blockDeps));
  blocks.set('workflow', createWorkflowBlock(blockDeps, { runs: deps.workflowRuns }));
  blocks.set(
    'information-mediator',
    createInformationMediatorBlock(blockDeps, {
      directory,
      directoryOf: (workspace) => rights.directoryOf(workspace),
      openapiOf,
      announce: deps.announce,
      baseUrlOf: (workspace) => workspaceUrl(deps.publicUrl, workspace),
    }),
  );

  async function seedsOf(workspace: WorkspaceId): Promise<ReturnType<typeof joinSeeds>> {
    const sources = (await deps.seedsOf?.(workspace)) ?? deps.useCases();
    return joinSeeds(sources.map(({ seeds }) => seeds()));
  }

  function correlated(): { readonly correlation?: string } {
    const id = correlation.current();
    return id === undefined ? {} : { correlation: id };
  }
  if (deps.elsewhere !== undefined)
    for (const [id, block] of blocks) blocks.set(id, deps.elsewhere(block, recorder));

  const run = async (workspace: WorkspaceId, block: unknown, job: unknown): Promise<void> => {
    await blocks.get(block as BlockId)?.runJob(workspace, job as BlockJob);
  };
  return {
    blocks,
    mediator,
    bindings,
    faults,
    callbacks,
    callbackKeys,
    requests,
    rights,
    consents,
    openapiOf,
    unreadable,
    runJob: async ({ name, data }) => {
      const workspace = workspaceIdSchema.parse(data['workspace']);
      const of = typeof data['correlation'] === 'string' ? data['correlation'] : undefined;
      const life = deps.gate?.life(workspace);
      const leave = await deps.gate?.enter(workspace);
      try {
        // While it waited at the gate the workspace was emptied: this was meant for its life before.
        if (deps.gate?.life(workspace) !== life) return;
        if (name === 'callback') await callbacks.deliver(workspace, textOf(data['callbackId']));
        else await correlation.within(of, () => run(workspace, data['block'], data['job']));
      } finally {
        leave?.();
      }
    },
    fireTimer: async ({ workspace, target }) => {
      if (target.kind === 'block')
        await correlation.within(target.correlation, () => run(workspace, target.block, target.job));
    },
    rest: async (workspace) => {
      for (const block of blocks.values()) await block.rest(workspace);
    },
    jobs: {
      // Callbacks have documents of their own, from which they are taken up again.
      list: async (workspace) => (await queue.jobs({ workspace })).filter(({ name }) => name === 'job'),
      add: (workspace, name, data) => queue.enqueue(name, { ...data, workspace }),
      discard: async (workspace) => {
        await queue.discard({ workspace });
        await deps.retries.discard({ workspace });
      },
    },
    resetBlock: async (workspace, id) => {
      await blocks.get(id)?.reset(workspace, (await seedsOf(workspace))[id] ?? {});
    },
    reset: async (workspace, seed = 'default') => {
      await callbacks.clear(workspace);
      await faults.clear(workspace);
      await rights.restore(workspace);
      await bindings.reset(workspace);
      await requests?.clear(workspace);
      const seeds = seed === 'empty' ? {} : await seedsOf(workspace);
      for (const block of blocks.values()) await block.reset(workspace, seeds[block.id] ?? {});
    },
  };
}

/** What the scheduler's alerts are sent by; use cases that declare the same service share it. */
const alertService: ExtraService = {
  declaredBy: 'scheduler',
  service: {
    ...alertMessages,
    access: alertMessages.access.map((right) => ({ ...right, operations: [...right.operations] })),
  },
};

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

function timerId(workspace: WorkspaceId, block: BlockId, job: string): string {
  return `${workspace}/block/${block}/${job}`;
}
