import { Agent, request } from 'node:http';
import type { GeneratedRequest } from './make-request.js';

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends requests as they are, without tidying their paths, over connections that stay open. */
export interface Wire {
  /** Raises an Error when no whole answer came within the deadline, or the connection broke. */
  send(request: GeneratedRequest): Promise<WireAnswer>;
  close(): void;
}

export function createWire(origin: string, deadlineMs: number): Wire {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const { hostname, port } = new URL(origin);
  return {
    send: ({ method, target, headers, body }) =>
      new Promise((resolve, reject) => {
        const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
        const outgoing = request(
          {
            agent,
            hostname,
            port,
            method,
            path: target,
            headers: { ...headers, ...length } as Record<string, string | string[]>,
            timeout: deadlineMs,
          },
          (incoming) => {
            const parts: Buffer[] = [];
            incoming.on('data', (part: Buffer) => parts.push(part));
            incoming.on('error', reject);
            incoming.on('end', () => {
              const text = Buffer.concat(parts).toString('utf8');
              resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
            });
          },
        );
        outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${deadlineMs} ms`)));
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}
