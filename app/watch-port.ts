import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Logger } from '../contracts/logger.js';
import type { MetricsPage } from '../contracts/metrics.js';
import { createProblemHandler, notFound } from '../orchestrator/http/problem-handler.js';
import { metricsPage } from './front-door/metrics-page.js';
import { readyPage } from './front-door/ready-page.js';
import { listen, stopListening } from './front-door/listening.js';
import type { StoresAway } from './readiness.js';

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
  readonly storesAway: StoresAway;
  readonly logger: Logger;
}): Promise<WatchPort> {
  const app = express();
  app.disable('x-powered-by');
  app.get('/health', (_request, response) => void response.json({ status: 'up' }));
  const phase = (): 'stopping' | undefined => (deps.ready() ? undefined : 'stopping');
  app.get('/ready', readyPage({ phase, storesAway: deps.storesAway }));
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
