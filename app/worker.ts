import { fileURLToPath } from 'node:url';
import type { Clock } from '../contracts/clock.js';
import type { DrainEnd } from '../contracts/drain-end.js';
import type { Logger } from '../contracts/logger.js';
import { SandboxError } from '../contracts/problems.js';
import { BLOCK_QUEUE, BLOCK_RETRIES_QUEUE } from '../contracts/queue.js';
import { createCorrelation } from '../infra/correlation/async-correlation.js';
import { createRedisLocks } from '../infra/locks/redis-locks.js';
import { openStorage } from '../infra/storage.js';
import { createBlockCaller } from '../orchestrator/blocks/block-caller.js';
import { createIdempotencyKey } from '../orchestrator/blocks/idempotency-key.js';
import { createRuntime } from '../orchestrator/runtime/runtime.js';
import { createHumanTaskFunction } from '../orchestrator/tasks/human-task-function.js';
import type { HumanTasks } from '../orchestrator/tasks/human-tasks.js';
import { createWorkspaceClocks } from '../orchestrator/workspaces/workspace-clocks.js';
import { createBuildingBlocks } from './building-blocks.js';
import { callbackUrl } from './callback-url.js';
import type { SandboxConfig } from './config.js';
import { createEngineDeps } from './engine-deps.js';
import { createIds } from './ids.js';
import { createRemoteServices } from './internal-calls.js';
import { correlatedLogger } from './correlated-logger.js';
import { countInHand } from './in-hand.js';
import { inTime } from './in-time.js';
import { meteredQueues } from './metered.js';
import { openMetrics } from './operations.js';
import { openWatchPort } from './watch-port.js';
import { openTasks } from './open-tasks.js';
import { openOutbound } from './outbound.js';
import { announcePresence } from './presence.js';
import { projectFile } from './project-file.js';
import { createStoresAway } from './readiness.js';
import { createCountries } from './countries.js';
import { readUseCases } from './read-use-cases.js';
import { openSecretStore } from './secret-store.js';
import { openSecrets } from './secrets.js';
import { openRegister } from './workspaces.js';
import { createSchemas, createUseCaseCatalog } from './use-case-catalog.js';

export interface Worker {
  /** Where it answers /health, /ready and /metrics; undefined when nobody asked for it. */
  readonly watchedAt: string | undefined;
  /** Takes no more jobs, and waits for those in hand within SANDBOX_DRAIN_SECONDS. */
  drain(): Promise<DrainEnd>;
  close(): Promise<void>;
}

/**
 * A process that advances runs and nothing else: no HTTP, no identity, no seeding, no timers. Any number of them join
 * the one `sandbox up` of an installation; they meet on its Redis and MongoDB. GSB-CFG-001 without those two.
 */
export async function startWorker(options: {
  readonly config: SandboxConfig;
  readonly logger: Logger;
  readonly realClock: Clock;
  readonly useCaseFolder?: string;
  /** Port and address for /health, /ready and /metrics. */
  readonly watch?: { readonly port: number; readonly host: string };
}): Promise<Worker> {
  const { config, realClock } = options;
  const correlation = createCorrelation();
  const logger = correlatedLogger(options.logger, correlation);
  const { redisUrl, mongodbUri, publicUrl } = config;
  if (redisUrl === undefined || mongodbUri === undefined) {
    throw new SandboxError('GSB-CFG-001', {
      detail: 'A worker shares its stores with the server: REDIS_URL and MONGODB_URI must name them.',
    });
  }
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const useCaseFolder = options.useCaseFolder ?? fileURLToPath(projectFile('usecases/'));
    const useCases = await readUseCases(useCaseFolder);
    const schemas = createSchemas();
    const catalog = createUseCaseCatalog(useCases, schemas);
    const storage = await openStorage({ redisUrl, mongoUri: mongodbUri, logger });
    closing.push(() => storage.close());
    const { documents, journal } = storage;
    const metrics = openMetrics(storage.queues);
    closing.push(() => metrics.close());
    const inHand = countInHand(meteredQueues(storage.queues, metrics));
    const { queues } = inHand;
    const { digest, attest, attestations } = await openSecrets(documents);
    const clocks = await createWorkspaceClocks(documents, realClock);
    const workspaces = openRegister({ documents, realClock, limits: config.limits, digest });
    const countries = createCountries({ folder: useCaseFolder, catalog, workspaces });
    const locks = await createRedisLocks({ url: redisUrl, logger });
    closing.push(() => locks.close());
    const secrets = await openSecretStore(config, documents);
    const idempotencyKey = createIdempotencyKey(digest);
    const outbound = openOutbound({ config, realClock, idempotencyKey });
    closing.push(() => outbound.close());
    const services = createRemoteServices(config.serverUrl, digest.keyed('workers'));
    closing.push(() => services.close());
    // Only for their documents: calls go to the server.
    const building = createBuildingBlocks({
      publicUrl,
      documents,
      journal,
      queue: queues.queue(BLOCK_QUEUE),
      retries: queues.queue(BLOCK_RETRIES_QUEUE),
      clocks,
      realClock,
      ids: createIds(realClock),
      digest,
      logger,
      secrets,
      outboundHosts: config.outboundHosts,
      attestations,
      useCases: () => catalog.useCases,
      timers: () => runtime.timers,
      announce: () => Promise.reject(new Error('A worker has no rooms of the mediator')),
      deliverCallback: () => Promise.reject(new Error('A worker delivers no callbacks')),
    });
    closing.push(() => building.bindings.close());
    const late: { tasks?: HumanTasks } = {};
    const runtime = createRuntime({
      documents,
      journal,
      queues,
      locks,
      clocks,
      realClock,
      digest,
      logger,
      engine: await createEngineDeps(schemas.violation, { limits: config.limits }),
      catalog,
      inCountry: countries.said,
      blocks: createBlockCaller({
        services,
        useCase: (id) => catalog.useCases.find(({ manifest }) => manifest.id === id)?.manifest,
        openapiOf: building.openapiOf,
        unreadable: building.unreadable,
      }),
      outbound: outbound.calls,
      secretsOf: (workspace, names) => secrets.resolve(workspace, names),
      idempotencyKey,
      callbackUrl: (workspace, run) => callbackUrl(digest, publicUrl, workspace, run),
      functions: (signals) => {
        late.tasks = openTasks({
          documents,
          journal,
          clocks,
          realClock,
          digest,
          attest,
          catalog,
          signals,
          timers: () => runtime.timers,
        });
        return { humanTask: createHumanTaskFunction(late.tasks) };
      },
      withdraw: async (key, { run }) => late.tasks?.withdraw(run.workspace, run.id, key),
      limitsOf: (workspace) => workspaces.limitsOf(workspace),
      fireBlockTimer: () => Promise.reject(new Error('A worker fires no timers')),
      correlation,
      metrics,
    });
    let stopping = false;
    const token = config.metricsToken;
    const watch =
      options.watch &&
      (await openWatchPort({
        ...options.watch,
        metrics,
        token,
        logger,
        ready: () => !stopping,
        storesAway: createStoresAway({ ...storage, onServices: true }),
      }));
    if (watch !== undefined) closing.push(() => watch.close());
    await runtime.start(config.concurrency, 'advances');
    closing.push(() => runtime.close());
    closing.push(announcePresence({ documents, realClock, kind: 'worker', logger }));
    return {
      watchedAt: watch?.origin,
      drain: async () => {
        stopping = true;
        const finished = await inTime(runtime.close(), config.drainMs);
        return { finished, left: { requests: 0, jobs: inHand.jobs(), queued: 0 } };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
