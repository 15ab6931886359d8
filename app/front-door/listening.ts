import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http';
import type { Express } from 'express';
import { SandboxError } from '../../contracts/problems.js';

/** How long whoever sends slowly keeps a connection, in milliseconds. */
export interface Patience {
  /** Until all header lines are there. */
  readonly headersMs: number;
  /** Until the whole request is there: 50 MB at 5 Mbit/s take 80 seconds. */
  readonly requestMs: number;
  /** How often that is looked at. */
  readonly lookMs: number;
}

const usualPatience: Patience = { headersMs: 15_000, requestMs: 120_000, lookMs: 5_000 };
/** All header lines of a request together, its address included; more is answered 431. */
const LARGEST_HEADERS = 16 * 1024;
/** Further header lines are left out. */
const MOST_HEADERS = 200;

/** Listens, or says in one sentence why it cannot: GSB-CFG-002. Node answers slow requests by 408 and broken ones by 400. */
export function listen(
  app: Express,
  port: number,
  host: string,
  patience: Patience = usualPatience,
): Promise<Server> {
  const server = createServer(
    {
      maxHeaderSize: LARGEST_HEADERS,
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      connectionsCheckingInterval: patience.lookMs,
      insecureHTTPParser: false,
      ...messagesOf(app),
    },
    app,
  );
  server.maxHeadersCount = MOST_HEADERS;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new SandboxError('GSB-CFG-002', {
              detail: `Something listens on port ${port} already.`,
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, host, () => resolve(server));
  });
}

/**
 * Classes of messages that are born with the prototypes that Express otherwise gives to each request and each answer
 * when it comes in. An object whose prototype changes loses what V8 knows of its shape: every look at it is slow from
 * then on, which costs more than all the rest of a request to a simulated building block.
 */
function messagesOf(app: Express): {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
} {
  class AppRequest extends IncomingMessage {}
  class AppResponse<Q extends IncomingMessage = IncomingMessage> extends ServerResponse<Q> {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  app.request = AppRequest.prototype as typeof app.request;
  app.response = AppResponse.prototype as typeof app.response;
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}

export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
