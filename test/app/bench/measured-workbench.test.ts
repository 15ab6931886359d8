import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openMeasuredWorkbench, type MeasuredWorkbench } from '../../../app/bench/measured-workbench.js';
import { CALLS, mapOfCalls, tenCalls } from '../../../app/bench/measured-workflows.js';

/** What is measured must do what its name says: otherwise the figures mean nothing. */
describe('the measured workflows', () => {
  const asked: unknown[] = [];
  let server: Server;
  let bench: MeasuredWorkbench;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        asked.push(JSON.parse(body.toString()));
        response.setHeader('content-type', 'application/json').end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    bench = await openMeasuredWorkbench({ workflows: [tenCalls(url), mapOfCalls(url, 5)], concurrency: 5 });
  }, 60_000);
  afterAll(async () => {
    await bench.close();
    await new Promise((resolve) => server.close(resolve));
  });

  it('make ten calls one after the other, each from the answer of the one before', async () => {
    asked.length = 0;
    await bench.run('ten-calls', { n: 0 });
    expect(asked).toEqual(Array.from({ length: CALLS }, (_, at) => ({ n: at + 1, from: 'bench' })));
  });

  it('make one call for each item of the map', async () => {
    asked.length = 0;
    await bench.run('map-of-calls', { items: 12 });
    expect(asked).toHaveLength(12);
    await bench.rest();
  });
});
