import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Where a candidate's callbacks arrive. */
export interface CallbackReceiver {
  /** Address under which the candidate reaches it, without a slash at the end. */
  readonly url: string;
  readonly received: () => readonly Received[];
  /** Resolves with the first that fits, once it is there; undefined when it does not come in time. */
  waitFor(fits: (callback: Received) => boolean): Promise<Received | undefined>;
  close(): Promise<void>;
}

export interface CallbackBoard extends Omit<CallbackReceiver, 'url' | 'close'> {
  take(callback: Received): void;
}

/** Keeps what arrives, for whoever waits. `patienceMs` is how long a callback may take. */
export function createCallbackBoard(patienceMs: number): CallbackBoard {
  const received: Received[] = [];
  const waiting = new Set<(callback: Received) => void>();
  return {
    received: () => received,
    take(callback) {
      received.push(callback);
      for (const look of [...waiting]) look(callback);
    },
    waitFor(fits) {
      const there = received.find(fits);
      if (there) return Promise.resolve(there);
      return new Promise((resolve) => {
        const end = (found: Received | undefined): void => {
          waiting.delete(look);
          clearTimeout(timer);
          resolve(found);
        };
        const look = (callback: Received): void => {
          if (fits(callback)) end(callback);
        };
        const timer = setTimeout(end, patienceMs, undefined);
        waiting.add(look);
      });
    },
  };
}

export interface ReceiverOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** What the candidate must call instead of the address listened on. */
  readonly publicUrl?: string;
  readonly patienceMs: number;
}

const LARGEST_CALLBACK = 10_000_000;

/** Listens for callbacks over HTTP; answers 200 to everything. */
export async function openCallbackReceiver(options: ReceiverOptions): Promise<CallbackReceiver> {
  const board = createCallbackBoard(options.patienceMs);
  const base = options.publicUrl?.replace(/\/$/, '');
  const prefix = base === undefined ? '' : new URL(base).pathname.replace(/\/$/, '');
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST_CALLBACK) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const path = request.url ?? '/';
      board.take({
        path: path.startsWith(prefix) ? path.slice(prefix.length) : path,
        method: request.method ?? '',
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: Buffer.concat(chunks).toString('utf8'),
      });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: base ?? `http://${options.host}:${port}`,
    received: board.received,
    waitFor: (fits) => board.waitFor(fits),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
