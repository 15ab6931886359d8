import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { listen, stopListening } from '../../../app/front-door/listening.js';

type Server = Awaited<ReturnType<typeof listen>>;
let hasty: Server;
let patient: Server;
beforeAll(async () => {
  const app = express();
  app.use(express.json());
  app.use((_request, response) => void response.json({}));
  hasty = await listen(app, 0, '127.0.0.1', { headersMs: 100, requestMs: 200, lookMs: 20 });
  patient = await listen(app, 0, '127.0.0.1');
});
afterAll(() => Promise.all([hasty, patient].map(stopListening)));

/** Sends text as it is, and keeps the connection: the first line that comes back. */
function raw(server: Server, text: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(heard.split('\r\n')[0] ?? ''));
  });
}

describe('slow and broken requests', () => {
  it.each([
    ['headers that never end', 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: 1\r\n'],
    [
      'a body that never ends',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"',
    ],
  ])('end when patience does: %s', async (_what, text) => {
    expect(await raw(hasty, text)).toMatch(/^HTTP\/1.1 408/);
  });

  it.each([
    ['headers without measure', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`, '431'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      '400',
    ],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na', '400'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', '400'],
  ])('are refused: %s', async (_what, text, status) => {
    expect(await raw(patient, text)).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
  });
});

it('makes requests and answers as Express wants them, so that nothing changes their shape afterwards', async () => {
  const app = express();
  app.get('/', (request, response) => {
    response.json({ same: born.get(request) === prototypes(request, response), path: request.path });
  });
  const server = await listen(app, 0, '127.0.0.1');
  const born = new Map<object, string>();
  const seen: object[] = [];
  const prototypes = (...messages: readonly object[]): string =>
    messages.map((message) => place(Object.getPrototypeOf(message) as object)).join();
  const place = (prototype: object): number => {
    if (!seen.includes(prototype)) seen.push(prototype);
    return seen.indexOf(prototype);
  };
  server.prependListener('request', (request, response) => born.set(request, prototypes(request, response)));
  const { port } = server.address() as AddressInfo;
  const answer = await (await fetch(`http://127.0.0.1:${port}/`)).json();
  await stopListening(server);
  expect(answer).toEqual({ same: true, path: '/' });
});
