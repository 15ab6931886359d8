import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import express, { json } from 'express';
import type { Block, BlockId, BlockRequest, RequestRecorder, SeenRequest } from '../contracts/block.js';
import type { Clock } from '../contracts/clock.js';
import { workspaceIdSchema, type WorkspaceId } from '../contracts/ids.js';
import type { Logger } from '../contracts/logger.js';
import { SandboxError } from '../contracts/problems.js';
import { BLOCK_QUEUE, BLOCK_RETRIES_QUEUE, TIMER_QUEUE } from '../contracts/queue.js';
import { openStorage } from '../infra/storage.js';
import { createProblemHandler } from '../orchestrator/http/problem-handler.js';
import { createTimers, type Timers } from '../orchestrator/runtime/timers.js';
import { createBuildingBlocks } from './building-blocks.js';
import type { SandboxConfig } from './config.js';
import { listen, stopListening } from './front-door/listening.js';
import { createIds } from './ids.js';
import { createRemoteServices } from './internal-calls.js';
import { INTERNAL_BODY_LIMIT, internalOnly } from './internal-door.js';
import { openOrder } from './open-order.js';
import { openMessaging } from './messaging.js';
import { announcePresence } from './presence.js';
import { projectFile } from './project-file.js';
import { readUseCases } from './read-use-cases.js';
import { blockAskSchema, BLOCKS_PATH, replyToError, stateMethods, type BlockReply } from './remote-blocks.js';
import { openSecrets } from './secrets.js';
import { createToldClocks } from './told-clocks.js';

export interface BlockProcess {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * The building blocks in a process of their own, for the one `sandbox up` of an installation: they keep their state in
 * the documents, and answer nobody but that process, which tells them what time it is in the workspace. What they call
 * goes through its mediator; their jobs, timers and callbacks are stored here and carried out from there.
 * GSB-CFG-001 without Redis and MongoDB. See docs/decisions/0009.
 */
export async function startBlockProcess(options: {
  readonly config: SandboxConfig;
  readonly logger: Logger;
  readonly realClock: Clock;
  readonly useCaseFolder?: string;
}): Promise<BlockProcess> {
  const { config, logger, realClock } = options;
  const { redisUrl, mongodbUri } = config;
  if (redisUrl === undefined || mongodbUri === undefined)
    throw new SandboxError('GSB-CFG-001', {
      detail:
        'The building blocks share their stores with the server: REDIS_URL and MONGODB_URI must name them.',
    });
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const useCases = await readUseCases(options.useCaseFolder ?? fileURLToPath(projectFile('usecases/')));
    const storage = await openStorage({ redisUrl, mongoUri: mongodbUri, logger });
    closing.push(() => storage.close());
    const { documents, journal, queues } = storage;
    const { order, close: closeOrder } = await openOrder({ redisUrl, logger });
    closing.push(closeOrder);
    const { digest, attestations } = await openSecrets(documents);
    const key = digest.keyed('workers');
    const clocks = createToldClocks(realClock);
    const services = createRemoteServices(config.serverUrl, key);
    closing.push(() => services.close());
    const seen = new Map<BlockRequest, SeenRequest>();
    const recorder: RequestRecorder = { record: (_workspace, one) => void seen.set(one.request, one) };
    const late: { timers?: Timers } = {};
    const building = createBuildingBlocks({
      publicUrl: config.publicUrl,
      documents,
      journal,
      queue: queues.queue(BLOCK_QUEUE),
      retries: queues.queue(BLOCK_RETRIES_QUEUE),
      clocks,
      realClock,
      ids: createIds(realClock),
      digest,
      logger,
      // Bindings are looked up where the mediator is.
      secrets: { resolve: () => Promise.resolve({}) },
      outboundHosts: [],
      messaging: openMessaging(config),
      attestations,
      useCases: () => useCases,
      services,
      recorder,
      order,
      timers: () => {
        if (late.timers === undefined) throw new Error('A timer was set before the timers were there');
        return late.timers;
      },
      announce: () => Promise.reject(new Error('The rooms of the mediator are elsewhere')),
      deliverCallback: () => Promise.reject(new Error('Callbacks are delivered elsewhere')),
    });
    closing.push(() => building.bindings.close());
    late.timers = createTimers({
      documents,
      clocks,
      realClock,
      queue: queues.queue(TIMER_QUEUE),
      fire: () => Promise.reject(new Error('Timers are fired elsewhere')),
    });
    const app = express();
    app.disable('x-powered-by');
    app.get('/health', (_request, response) => void response.json({ status: 'up' }));
    app.post(
      BLOCKS_PATH,
      internalOnly(key),
      json({ limit: INTERNAL_BODY_LIMIT }),
      async (request, response) => {
        const { workspace: id, block: name, method, args, clock } = blockAskSchema.parse(request.body);
        const workspace = workspaceIdSchema.parse(id);
        const { standsAt, ...running } = clock;
        clocks.tell(workspace, { ...running, ...(standsAt === undefined ? {} : { standsAt }) });
        const block = building.blocks.get(name as BlockId);
        if (block === undefined)
          throw new SandboxError('GSB-REQ-002', {
            detail: `There is no building block ${name.slice(0, 60)}.`,
          });
        const reply = await answer(block, workspace, method, args);
        response.json(method === 'handle' ? withSeen(reply, args[0] as BlockRequest) : reply);
      },
    );
    app.use(createProblemHandler(logger));
    const server = await listen(app, config.port, config.host);
    closing.push(() => stopListening(server));
    closing.push(announcePresence({ documents, realClock, kind: 'blocks', logger }));
    const { port } = server.address() as AddressInfo;
    return { origin: `http://${config.host}:${port}`, close };

    function withSeen(reply: BlockReply, request: BlockRequest): BlockReply {
      const found = seen.get(request);
      seen.delete(request);
      if (found === undefined) return reply;
      const { request: _request, response: _response, startedAt, ...rest } = found;
      return { ...reply, seen: { ...rest, startedAt: startedAt.toISOString() } };
    }
  } catch (error) {
    await close();
    throw error;
  }
}

async function answer(
  block: Block,
  workspace: WorkspaceId,
  method: string,
  args: readonly unknown[],
): Promise<BlockReply> {
  const onState = stateMethods.find((name) => method === `state.${name}`);
  const target = (onState === undefined ? block : block.state) as unknown as Readonly<
    Record<string, (workspace: WorkspaceId, ...args: readonly unknown[]) => Promise<unknown>>
  >;
  try {
    const value = await target[onState ?? method]?.(workspace, ...args);
    return value === undefined ? { kind: 'done' } : { kind: 'done', value };
  } catch (error) {
    const reply = replyToError(error);
    if (reply === undefined) throw error;
    return reply;
  }
}
