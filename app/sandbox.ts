import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DEFAULT_WORKSPACE, type WorkspaceId } from '../contracts/ids.js';
import type { Json } from '../contracts/json.js';
import { BLOCK_QUEUE, BLOCK_RETRIES_QUEUE } from '../contracts/queue.js';
import { createCorrelation } from '../infra/correlation/async-correlation.js';
import { openStorage } from '../infra/storage.js';
import { createBlockCaller } from '../orchestrator/blocks/block-caller.js';
import { createIdempotencyKey } from '../orchestrator/blocks/idempotency-key.js';
import { createRuntime, type Runtime } from '../orchestrator/runtime/runtime.js';
import { createHumanTaskFunction } from '../orchestrator/tasks/human-task-function.js';
import type { HumanTasks } from '../orchestrator/tasks/human-tasks.js';
import { createClockControl } from '../orchestrator/workspaces/clock-control.js';
import { createGate } from '../orchestrator/workspaces/gate.js';
import { createWorkspaceClocks } from '../orchestrator/workspaces/workspace-clocks.js';
import { createMemberKeys } from '../mocks/information-mediator/member-key.js';
import { createSealer } from '../mocks/information-mediator/seal.js';
import { createApiPorts } from './api-ports.js';
import { createBuildingBlocks } from './building-blocks.js';
import { callbackUrl, workspaceUrl } from './callback-url.js';
import { correlatedLogger } from './correlated-logger.js';
import { drainSandbox } from './drain-sandbox.js';
import { createCare, type Care } from './care.js';
import { createCallbackDelivery } from './deliver-callback.js';
import { createEngineDeps } from './engine-deps.js';
import { listen, stopListening } from './front-door/listening.js';
import { createHttpApp } from './http-server.js';
import { countInHand } from './in-hand.js';
import { createIds } from './ids.js';
import { createDataPorts } from './ports/data.js';
import { createWorkflowRuns } from './ports/workflow-runs.js';
import { createIdentity } from './identity.js';
import { internalCalls } from './internal-calls.js';
import { meteredQueues } from './metered.js';
import { openMessaging } from './messaging.js';
import { openMetrics, openOperations, queuedJobs } from './operations.js';
import type { Sandbox, SandboxOptions } from './sandbox-options.js';
import { openLocks } from './open-locks.js';
import { openOrder } from './open-order.js';
import { openTasks } from './open-tasks.js';
import { openOutbound } from './outbound.js';
import { projectFile } from './project-file.js';
import { announcePresence } from './presence.js';
import { createQuiet } from './quiet.js';
import { createStoresAway } from './readiness.js';
import { openRemoteBlocks } from './open-remote-blocks.js';
import { openSecretStore } from './secret-store.js';
import { watchCatalog } from './watch-catalog.js';
import { createCountries } from './countries.js';
import { readUseCases } from './read-use-cases.js';
import { openSecrets } from './secrets.js';
import { runtimeClocks } from './runtime-clocks.js';
import { createSeed } from './seed-workspace.js';
import { createSchemas, createUseCaseCatalog } from './use-case-catalog.js';
import { createRequestWorkspaces } from './workspace-tree.js';
import { composeWorkspaces, openRegister } from './workspaces.js';

export type { Sandbox, SandboxOptions } from './sandbox-options.js';

/** Puts the whole sandbox together and starts it. The only place that knows every part. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { config } = options;
  const correlation = createCorrelation();
  const logger = correlatedLogger(options.logger, correlation);
  const environment = options.environment ?? process.env;
  const realClock = options.realClock ?? { now: () => new Date() };
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    return await compose();
  } catch (error) {
    await close();
    throw error;
  }

  async function compose(): Promise<Sandbox> {
    const useCaseFolder = options.useCaseFolder ?? fileURLToPath(projectFile('usecases/'));
    const useCases = await readUseCases(useCaseFolder);
    const schemas = createSchemas();
    const catalog = createUseCaseCatalog(useCases, schemas);
    // Runtime, tasks and blocks know each other; what one needs of a later one is asked for when it is used.
    const late: { runtime?: Runtime; tasks?: HumanTasks; care?: Care } = {};
    const storage = await openStorage({
      redisUrl: config.redisUrl,
      mongoUri: config.mongodbUri,
      dataDir: config.dataDir,
      checkpointEveryMs: config.checkpointEveryMs,
      templateFile: fileURLToPath(projectFile('dist/database-template.tar.gz')),
      onReturn: () => late.care?.afterReturn(),
      logger,
    });
    closing.push(() => storage.close());
    const { documents, journal } = storage;
    const metrics = openMetrics(storage.queues);
    closing.push(() => metrics.close());
    const inHand = countInHand(meteredQueues(storage.queues, metrics));
    const { queues } = inHand;
    const { digest, attest, attestations } = await openSecrets(documents);
    const locks = await openLocks({ redisUrl: config.redisUrl, logger });
    closing.push(() => locks.close());
    const { order, close: closeOrder } = await openOrder({ redisUrl: config.redisUrl, logger });
    closing.push(closeOrder);
    const secrets = await openSecretStore(config, documents);
    const clocks = await createWorkspaceClocks(documents, realClock);
    const ids = createIds(realClock);
    const operations = openOperations({ config, correlation, metrics, journal, realClock, clocks, digest });
    const gate = createGate();
    const workspaces = openRegister({ documents, realClock, limits: config.limits, digest });
    const countries = createCountries({ folder: useCaseFolder, catalog, workspaces });
    const requestWorkspaces = createRequestWorkspaces({ workspaces, gate });
    const engine = await createEngineDeps(schemas.violation, { limits: config.limits });
    const callbackUrlOf = (workspace: WorkspaceId, run: string): string =>
      callbackUrl(digest, config.publicUrl, workspace, run);

    const idempotencyKey = createIdempotencyKey(digest);
    const outbound = openOutbound({ config, realClock, idempotencyKey, hostMap: options.outboundHostMap });
    closing.push(() => outbound.close());

    const blockQueue = queues.queue(BLOCK_QUEUE);
    const remote = openRemoteBlocks(config, digest, clocks);
    closing.push(async () => remote?.close());
    const building = createBuildingBlocks({
      publicUrl: config.publicUrl,
      documents,
      journal,
      queue: blockQueue,
      retries: queues.queue(BLOCK_RETRIES_QUEUE),
      clocks,
      realClock,
      ids,
      digest,
      logger,
      secrets,
      outboundHosts: config.outboundHosts,
      messaging: openMessaging(config),
      attestations,
      useCases: () => catalog.useCases,
      seedsOf: countries.useCases,
      workflowRuns: createWorkflowRuns({ catalog, ids, runtime: () => needed(late.runtime) }),
      timers: () => needed(late.runtime).timers,
      announce: async (workspace, event) => {
        const cloudEvent = { specversion: '1.0', ...event } as const;
        await needed(late.runtime).workspaceEvents.publish(workspace, cloudEvent, event.source);
      },
      gate,
      correlation,
      metrics,
      keepRequests: config.keepRequests,
      order,
      ...(remote && { elsewhere: remote.elsewhere }),
      deliverCallback: createCallbackDelivery({
        publicUrl: config.publicUrl,
        send: outbound.sendCallback,
        workspaceOf: async (tag) =>
          tag === undefined ? DEFAULT_WORKSPACE : (await workspaces.findByTag(tag))?._id,
        receive: (...callback) => ports.runs.callback(...callback),
      }),
    });
    closing.push(async () => building.requests?.close());
    const blockCaller = createBlockCaller({
      services: building.mediator,
      useCase: (id) => catalog.useCases.find(({ manifest }) => manifest.id === id)?.manifest,
      openapiOf: building.openapiOf,
      unreadable: building.unreadable,
    });
    const runtime = createRuntime({
      documents,
      journal,
      queues,
      locks,
      clocks: runtimeClocks(clocks, locks.shared),
      realClock,
      digest,
      logger,
      engine,
      catalog,
      inCountry: countries.said,
      blocks: blockCaller,
      outbound: outbound.calls,
      secretsOf: (workspace, names) => secrets.resolve(workspace, names),
      idempotencyKey,
      callbackUrl: callbackUrlOf,
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
          timers: () => needed(late.runtime).timers,
        });
        return { humanTask: createHumanTaskFunction(late.tasks) };
      },
      withdraw: (key, { run }) => needed(late.tasks).withdraw(run.workspace, run.id, key),
      fireBlockTimer: building.fireTimer,
      fireTaskTimer: (workspace, task) => needed(late.tasks).escalate(workspace, task),
      retention: config.retention,
      limitsOf: (workspace) => workspaces.limitsOf(workspace),
      enter: (workspace) => gate.tryEnter(workspace),
      correlation,
      metrics,
    });
    late.runtime = runtime;
    const tasks = needed(late.tasks);
    const mending = (): boolean => late.care?.mending() === true;
    const { isQuiet, quiet } = createQuiet({ runtime, blockQueue, mending });
    const sealer = createSealer({ journal, realClock });
    const seed = createSeed({ blocks: building, useCases: countries.useCases, persons: runtime.persons });
    const clockControl = createClockControl({
      clocks,
      timers: runtime.timers,
      journal,
      locks,
      realClock,
      logger,
      quiet,
    });
    const rooms = composeWorkspaces({
      documents,
      journal,
      clocks,
      realClock,
      locks,
      gate,
      workspaces,
      blocks: building,
      runtime,
      seed,
      sealer,
      logger,
      countries,
      callbackUrl: callbackUrlOf,
      publicUrl: config.publicUrl,
      dismiss: requestWorkspaces.dismiss,
      takeUp: async () => {
        await tasks.remind();
        await building.callbacks.runDue();
        await clockControl.resume();
      },
    });
    const ports = createApiPorts({
      ...building,
      pause: (milliseconds) => setTimeout(milliseconds),
      catalog,
      countries,
      runtime,
      tasks,
      journal,
      clocks,
      realClock,
      digest,
      ids,
      clockControl,
      secrets,
      workspaces: rooms.ports,
      audit: operations.audit,
      data: createDataPorts({
        storage,
        workspaces,
        upkeep: rooms.upkeep,
        runtime,
        clocks,
        realClock,
        clearRequests: async (workspace) => building.requests?.clear(workspace),
      }),
      api: (workspace) => `${workspaceUrl(config.publicUrl, workspace)}/api/v1`,
      sealer,
      messageLog: async (workspace, from) => {
        const sealed = await sealer.seal(workspace);
        return {
          sealed: (sealed ?? null) as Json,
          verification: (await sealer.verify(workspace, from)) as unknown as Json,
        };
      },
    });

    let started = false;
    const server = await listen(
      createHttpApp({
        identity: await createIdentity({
          config,
          documents,
          personas: useCases.flatMap(({ personas }) => personas),
          countries,
          realClock,
          logger,
          environment,
          ownOrigin: `http://127.0.0.1:${config.port}`,
          audit: operations.audit,
          identityBlock: building.blocks.get('identity'),
        }),
        ports,
        blocks: building.blocks,
        mediator: building.mediator,
        memberKeys: createMemberKeys(digest.keyed('members')),
        internal: internalCalls(building.mediator, digest.keyed('workers')),
        newId: () => ids.next('event'),
        logger,
        trustProxy: config.trustProxy,
        ready: () => started,
        storesAway: createStoresAway({
          ...storage,
          onServices: config.redisUrl !== undefined || config.mongodbUri !== undefined,
        }),
        quiet: isQuiet,
        requestWorkspaces,
        publicUrl: config.publicUrl,
        rates: config.rates,
        knownHostsOnly: config.keycloakUrl === undefined,
        operations,
      }),
      config.port,
      config.host,
    );
    closing.push(() => stopListening(server));
    for (const { manifest, workflows } of useCases) await runtime.definitions.keep(manifest.id, workflows);
    await remote?.awaken();
    const fresh = await rooms.open.prepare();
    const blockWorker = queues.work(BLOCK_QUEUE, 16, building.runJob);
    const retryWorker = queues.work(BLOCK_RETRIES_QUEUE, 4, building.runJob);
    const recovered = await runtime.start(config.concurrency);
    closing.push(await rooms.open.start());
    const stopWorking = (): Promise<unknown> =>
      Promise.all([runtime.close(), blockWorker.close(), retryWorker.close()]);
    closing.push(async () => {
      await stopWorking();
      await building.bindings.close();
    });
    await tasks.remind();
    await building.callbacks.runDue();
    const movingOn = clockControl.resume();
    closing.push(async () => {
      await clockControl.close();
      await movingOn;
    });
    // What one process leaves behind on the embedded profile, its next start mends.
    const mend = async (): Promise<unknown> =>
      config.redisUrl === undefined ? undefined : [await runtime.mend(), await tasks.remind()];
    const care = createCare({
      mend,
      tidy: async () => {
        await runtime.forget();
        await rooms.open.removeExpired();
      },
      logger,
    });
    late.care = care;
    closing.push(() => care.close());
    if (config.mongodbUri !== undefined)
      closing.push(announcePresence({ documents, realClock, kind: 'server', logger }));
    if (options.watch !== undefined)
      closing.push(await watchCatalog({ folder: useCaseFolder, catalog, runtime, tell: options.watch }));
    started = true;
    const { port } = server.address() as AddressInfo;
    return {
      origin: `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`,
      publicUrl: config.publicUrl,
      fresh,
      description: {
        ...storage.description,
        identity: config.keycloakUrl === undefined ? 'embedded' : 'Keycloak',
      },
      recovered,
      runtime,
      countries,
      quiet: isQuiet,
      takeCare: () => care.round(),
      drain: () =>
        drainSandbox({
          drain: operations.drain,
          server,
          ...(config.redisUrl === undefined ? { quiet: isQuiet, queued: () => queuedJobs(queues) } : {}),
          jobs: inHand.jobs,
          stopWorking,
          boundMs: config.drainMs,
        }),
      close,
    };
  }
}

function needed<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('A part of the sandbox was used before it was put together');
  return part;
}
