import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Logger } from '../contracts/logger.js';
import type { MetricsPage } from '../contracts/metrics.js';
import { createProblemHandler, notFound } from '../orchestrator/http/problem-handler.js';
import { metricsPage } from './front-door/metrics-page.js';
import { listen, stopListening } from './front-door/listening.js';

export interface WatchPort {
  /** Such as http://127.0.0.1:9464. */
  readonly origin: string;
  close(): Promise<void>;
}

/** What a process without a front door answers to those who watch over it. GSB-CFG-002 when the port is taken. */
export async function openWatchPort(deps: {
  readonly port: number;
  readonly host: string;
  readonly metrics: MetricsPage;
  readonly token: string | undefined;
  readonly ready: () => boolean;
  readonly logger: Logger;
}): Promise<WatchPort> {
  const app = express();
  app.disable('x-powered-by');
  app.get('/health', (_request, response) => void response.json({ status: 'up' }));
  app.get('/ready', (_request, response) => {
    const ready = deps.ready();
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'stopping' });
  });
  app.get('/metrics', metricsPage(deps.metrics, deps.token));
  app.use(notFound);
  app.use(createProblemHandler(deps.logger));
  const server = await listen(app, deps.port, deps.host);
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${deps.host === '0.0.0.0' ? '127.0.0.1' : deps.host}:${port}`,
    close: () => stopListening(server),
  };
}
