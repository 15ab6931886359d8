import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What the benchmarks call: answers each request with what came in, and nothing else. It runs in a process of its own,
 * so that its work is not counted as the runtime's; the parent is told the port.
 */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
