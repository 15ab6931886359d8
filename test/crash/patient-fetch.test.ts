import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { createPatientFetch } from './patient-fetch.js';

it('a patient client asks again after a 503 that names a time, and takes every other answer', async () => {
  const answers = [
    { status: 503, headers: { 'retry-after': '2' } },
    { status: 200, headers: {} },
    { status: 503, headers: {} },
  ];
  const server = createServer((_request, response) => {
    const answer = answers.shift();
    response.writeHead(answer?.status ?? 500, answer?.headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = createPatientFetch(10_000);
  expect((await ask(url)).status).toBe(200);
  expect((await ask(url)).status).toBe(503);
  expect(answers).toEqual([]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
