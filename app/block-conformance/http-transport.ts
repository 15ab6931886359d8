import { Agent, request } from 'undici';
import type { Transport, WireAnswer } from './wire.js';

const PATIENCE_MS = 15_000;

export interface HttpTransport {
  readonly send: Transport;
  close(): Promise<void>;
}

/** Sends requests to a candidate over HTTP as they are: nothing is added, redirects are answers like others. */
export function createHttpTransport(baseUrl: string): HttpTransport {
  const base = baseUrl.replace(/\/$/, '');
  const dispatcher = new Agent({ connections: 8 });
  return {
    async send({ method, target, headers, body }): Promise<WireAnswer> {
      const answer = await request(base + target, {
        method,
        headers,
        dispatcher,
        headersTimeout: PATIENCE_MS,
        bodyTimeout: PATIENCE_MS,
        ...(body === undefined ? {} : { body }),
      });
      return {
        status: answer.statusCode,
        headers: Object.fromEntries(
          Object.entries(answer.headers).map(([name, value]) => [
            name.toLowerCase(),
            Array.isArray(value) ? value.join(', ') : (value ?? ''),
          ]),
        ),
        body: await answer.body.text(),
      };
    },
    close: () => dispatcher.close(),
  };
}
