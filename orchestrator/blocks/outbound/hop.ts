import { request as send, type Dispatcher } from 'undici';
import { decompress, tooLarge } from './decompress.js';
import type { Egress } from './egress/egress.js';
import { failureOf } from './network-failure.js';

/** One request to one address, and its answer: redirects and authentication are not its business. */
export interface HopRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
}

export interface HopResponse {
  readonly status: number;
  /** Names in lower case. Several of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without its Content-Encoding. */
  readonly body: Buffer;
}

/**
 * Raises `authorization` when the address may not be reached, `timeout` when the signal aborts, and `communication`
 * when nobody answers, or with more than allowed.
 */
export type Hop = (request: HopRequest, signal: AbortSignal) => Promise<HopResponse>;

export interface HopDeps {
  readonly dispatcher: Dispatcher;
  readonly egress: Pick<Egress, 'check'>;
  readonly largestAnswer: number;
  /** Sends calls for a host to another origin, with the host that was meant in `Host`. Conformance kits need it. */
  readonly hostMap?: HostMap | undefined;
}

/** By `host` or `host:port`: an origin, such as http://127.0.0.1:1234. */
export type HostMap = Readonly<Record<string, string>>;

export function createHop({ dispatcher, egress, largestAnswer, hostMap = {} }: HopDeps): Hop {
  const map = new Map(Object.entries(hostMap));
  return async ({ method, url, headers, body }, signal) => {
    const mapped = map.get(url.host) ?? map.get(url.hostname);
    if (mapped === undefined) egress.check(url);
    try {
      const target = mapped === undefined ? url : new URL(`${url.pathname}${url.search}`, mapped);
      const response = await send(target, {
        method: method,
        dispatcher,
        headers: mapped === undefined ? headers : { ...headers, host: url.host },
        signal,
        headersTimeout: 0,
        bodyTimeout: 0,
        ...(body === undefined ? {} : { body }),
      });
      const received = joined(response.headers);
      // Without a body, Content-Length and Content-Encoding speak of the body that another request would get.
      const bodyless = method === 'HEAD' || response.statusCode === 204 || response.statusCode === 304;
      const announced = bodyless ? 0 : numberOf(received['content-length']);
      const packed = await read(response.body, announced, largestAnswer, url);
      const encoding = bodyless ? undefined : received['content-encoding'];
      return {
        status: response.statusCode,
        headers: received,
        body: await decompress(packed, encoding, largestAnswer, url),
      };
    } catch (error) {
      throw failureOf(error, url, signal);
    }
  };
}

async function read(
  body: Dispatcher.ResponseData['body'],
  announced: number | undefined,
  largest: number,
  url: URL,
): Promise<Buffer> {
  // The parser of the answer holds it to the length that it announced.
  if (announced !== undefined && announced <= largest) return Buffer.from(await body.arrayBuffer());
  const chunks: Buffer[] = [];
  let size = announced ?? 0;
  if (size <= largest) {
    size = 0;
    for await (const chunk of body) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > largest) break;
    }
  }
  if (size <= largest) return Buffer.concat(chunks, size);
  // Nobody reads the rest: the connection ends here, and its error with it.
  body.on('error', () => undefined);
  body.destroy();
  throw tooLarge(url, largest);
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
}

function joined(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    result[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return result;
}
