import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../../contracts/json.js';

/** A request as a test host sees it. */
export interface HostRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How many requests with the same method and path came before, since the scenario began. */
  readonly earlier: number;
}

export interface HostAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, unless `text` is given. */
  readonly body?: Json;
  readonly text?: string;
}

export type HostHandler = (request: HostRequest) => HostAnswer | Promise<HostAnswer>;

/** A public host that answers on this machine. */
export interface TestHost {
  /** Such as http://127.0.0.1:40123. */
  readonly origin: string;
  /** `GET /pet/1` and so on, in the order in which they came. */
  readonly requests: readonly string[];
  forget(): void;
  close(): Promise<void>;
}

export async function startTestHost(handler: HostHandler): Promise<TestHost> {
  const requests: string[] = [];
  const server = createServer((incoming, outgoing) => {
    void answer(incoming).then(({ status, headers = {}, body, text }) => {
      const type = text === undefined ? 'application/json' : 'text/plain; charset=utf-8';
      outgoing.writeHead(status, { 'content-type': type, ...headers });
      outgoing.end(text ?? (body === undefined ? '' : JSON.stringify(body)));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    forget: () => {
      requests.length = 0;
    },
    close: () => stop(server),
  };

  async function answer(incoming: IncomingMessage): Promise<HostAnswer> {
    const url = new URL(incoming.url ?? '/', 'http://host.invalid');
    const line = `${incoming.method ?? 'GET'} ${decodeURIComponent(url.pathname)}`;
    const earlier = requests.filter((each) => each === line).length;
    requests.push(line);
    try {
      return await handler({
        method: incoming.method ?? 'GET',
        path: decodeURIComponent(url.pathname),
        query: url.searchParams,
        headers: Object.fromEntries(
          Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: await textOf(incoming),
        earlier,
      });
    } catch (error) {
      return { status: 500, body: { error: String(error) } };
    }
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
