import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { BlockId } from '../contracts/block.js';
import type { Clock } from '../contracts/clock.js';
import type { DocumentStore } from '../contracts/documents.js';
import { DEFAULT_WORKSPACE } from '../contracts/ids.js';
import type { JsonObject } from '../contracts/json.js';
import type { Logger } from '../contracts/logger.js';
import type { JournalEntry } from '../contracts/request-journal.js';
import { mediatorRouter } from '../mocks/information-mediator/http/mediator-router.js';
import { blockRouter } from '../mocks/kit/http.js';
import { createProblemHandler } from '../orchestrator/http/problem-handler.js';
import type { SandboxConfig } from './config.js';
import { listen } from './front-door/listening.js';
import { securityHeaders } from './front-door/security-headers.js';
import { openMockBlocks } from './mock-blocks.js';
import { mockJournal } from './mock-journal.js';
import { noSeeds, readMockSeeds, type MockSeeds } from './mock-seeds.js';

export interface MockServerOptions {
  readonly block: BlockId;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Name of a file in the block's seeds folder, or the seeds themselves; the block begins empty when absent. */
  readonly seed?: string | MockSeeds;
  /** Where its state is kept; in memory, gone with the process, when absent. Whoever opened it closes it. */
  readonly documents?: DocumentStore;
  readonly realClock: Clock;
  readonly logger: Logger;
  /** Where callbacks may go besides this machine. */
  readonly callbackHosts?: SandboxConfig['outboundHosts'];
  /** Hears of each request to the block, personal fields masked. */
  readonly onRequest?: (entry: JournalEntry) => void;
}

export interface MockServer {
  /** Where the block answers, such as http://127.0.0.1:3333. */
  readonly origin: string;
  readonly title: string;
  readonly openapi: JsonObject;
  /** Empties the block and seeds it anew. */
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Serves one building block at the root path, for whoever wants nothing else: no sign-in, everything in memory, gone
 * when it stops. What the block calls (banks, the mediator) runs along, unseen. Raises GSB-REQ-002 for unknown seeds,
 * GSB-DEF-003 for broken ones, GSB-CFG-002 when the port is taken.
 */
export async function startMockServer(options: MockServerOptions): Promise<MockServer> {
  const { block: id, logger } = options;
  const seed = options.seed ?? noSeeds;
  const seeds = typeof seed === 'string' ? await readMockSeeds(id, seed) : seed;
  const app = express();
  app.disable('x-powered-by');
  const server = await listen(app, options.port, options.host);
  const { port } = server.address() as AddressInfo;
  const origin = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;
  const running = await openMockBlocks({ ...options, seeds, origin });
  const close = async (): Promise<void> => {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    await running.close();
  };
  try {
    app.use(securityHeaders(origin));
    const { building } = running;
    const reset = (): Promise<void> => building.reset(DEFAULT_WORKSPACE);
    const block = building.blocks.get(id);
    if (block === undefined) throw new Error(`there is no block ${id}`);
    await reset();
    const { requests } = building;
    if (requests !== undefined) {
      if (options.onRequest !== undefined)
        await requests.follow(DEFAULT_WORKSPACE, id, undefined, options.onRequest);
      app.use(mockJournal(requests, id, origin));
    }
    const workspaceOf = (): typeof DEFAULT_WORKSPACE => DEFAULT_WORKSPACE;
    if (id === 'information-mediator') {
      const authenticateMember = (): Promise<boolean> => Promise.resolve(true);
      const { mediator } = building;
      app.use(mediatorRouter({ mediator, block, workspaceOf, authenticateMember, uuid: randomUUID, logger }));
    }
    // Its discovery document names endpoints below this path.
    if (id === 'identity') app.use(`/blocks/${id}`, blockRouter(block, workspaceOf));
    app.use(blockRouter(block, workspaceOf));
    app.use(createProblemHandler(logger));
    return {
      origin,
      title: block.title,
      openapi: block.openapi,
      reset,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
