import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BlockRequest } from '../../../contracts/block.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import type { Json } from '../../../contracts/json.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createBindings, type Bindings } from '../../../orchestrator/blocks/bindings.js';
import { createEgress } from '../../../orchestrator/blocks/outbound/egress/egress.js';
import {
  parseHostPattern,
  type HostPattern,
} from '../../../orchestrator/blocks/outbound/egress/host-patterns.js';

export const service = { id: 'SANDBOX/GOV/MOF/PAYMENTS/payments', block: 'payments' as const };
export const request: BlockRequest = {
  method: 'POST',
  path: '/batches/a%2Fb',
  query: { command: 'redeem', id: ['1', '2'] },
  headers: {
    'content-type': 'application/json',
    'x-road-client': 'A/B/C/D',
    connection: 'close',
    host: 'elsewhere',
  },
  body: { amount: 12.5 },
};

export interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const document = {
  paths: {
    '/batches/{id}': { post: { operationId: 'pay' }, get: { operationId: 'status' } },
    '/find': { post: { operationId: 'find', 'x-sandbox-reads': true } },
    '/old/{id}': { post: { operationId: 'payOlder' } },
  },
};

/** A real system that answers as the test wants it, and bindings that may lead there. */
export interface BindingsBench {
  /** What the real system got. */
  readonly received: Received[];
  readonly baseUrl: string;
  readonly secrets: Record<string, Json>;
  answer: (response: ServerResponse, incoming: IncomingMessage) => void;
  mockAnswer: () => Promise<{ status: number; headers: Record<string, string>; body: string }>;
  now: Date;
  bindings: Bindings;
  /** Those of another process, over the same documents. */
  newBindings(): Bindings;
  close(): Promise<void>;
}

function allowed(...hosts: string[]): HostPattern[] {
  return hosts.map((host) => parseHostPattern(host)).filter((pattern) => pattern !== undefined);
}

function chosen(from: Readonly<Record<string, Json>>, names: readonly string[]): Record<string, Json> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

export async function openBindingsBench(): Promise<BindingsBench> {
  const documents = createMemoryDocuments();
  const received: Received[] = [];
  const secrets: Record<string, Json> = {};
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (part: Buffer) => (body += part.toString()));
    incoming.on('end', () => {
      received.push({ method: incoming.method, url: incoming.url, headers: incoming.headers, body });
      bench.answer(response, incoming);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const newBindings = (): Bindings =>
    createBindings({
      documents,
      blockOf: (id) => (id === 'payments' ? { handle: () => bench.mockAnswer() } : undefined),
      realClock: { now: () => bench.now },
      openapiOf: () => document,
      secrets: { resolve: (_workspace, names) => Promise.resolve(chosen(secrets, names)) },
      egress: createEgress(allowed('127.0.0.1', 'payments.example')),
      violations: () => [],
    });
  const bench: BindingsBench = {
    received,
    secrets,
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    answer: (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}'),
    mockAnswer: () => Promise.resolve({ status: 200, headers: {}, body: 'mock' }),
    now: new Date('2026-05-01T00:00:00Z'),
    bindings: newBindings(),
    newBindings,
    async close() {
      await bench.bindings.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  await bench.bindings.reset(DEFAULT_WORKSPACE);
  return bench;
}
