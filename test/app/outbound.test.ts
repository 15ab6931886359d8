import { afterEach, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../app/config.js';
import { openOutbound } from '../../app/outbound.js';
import { effect, error, origin, output } from '../orchestrator/blocks/outbound/outbound-bench.js';
import { closeServers, json, serve } from '../orchestrator/blocks/outbound/local-server.js';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await closeServers();
});

function open(
  hosts: string,
  hostMap?: Readonly<Record<string, string>>,
): ReturnType<typeof openOutbound>['calls'] {
  const outbound = openOutbound({
    config: readConfig({ SANDBOX_OUTBOUND_HOSTS: hosts, SANDBOX_OUTBOUND_TIMEOUT: '5' }),
    realClock: { now: () => new Date() },
    idempotencyKey: (run, key) => `${run}${key}`,
    hostMap,
  });
  closing.push(() => outbound.close());
  return outbound.calls;
}

describe('the way out, as it is composed', () => {
  it('is what the configuration says', async () => {
    const server = await serve((_request, response) => json(response, 200, { ok: true }));
    const call = effect('http', { method: 'get', endpoint: server.origin });
    expect(error(await open('')(call, origin))).toMatchObject({ type: 'authorization', status: 403 });
    expect(error(await open('*')(call, origin))).toMatchObject({ type: 'authorization' });
    expect(output(await open(`127.0.0.1:${server.port}`)(call, origin))).toEqual({ ok: true });
  });

  it('leads public hosts elsewhere for a conformance kit, and nothing else', async () => {
    const server = await serve(({ headers }, response) => json(response, 200, { host: headers.host }));
    const calls = open('', { 'petstore.swagger.io': server.origin });
    const mapped = effect('http', { method: 'get', endpoint: 'https://petstore.swagger.io/v2/pet/1' });
    expect(output(await calls(mapped, origin))).toEqual({ host: 'petstore.swagger.io' });
    for (const endpoint of [server.origin, 'https://httpbin.org/get']) {
      const other = effect('http', { method: 'get', endpoint });
      expect(error(await calls(other, origin))).toMatchObject({ type: 'authorization' });
    }
  });
});
