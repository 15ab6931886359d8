import { afterEach, describe, expect, it } from '@jest/globals';
import { addressKind } from '../../../../orchestrator/blocks/outbound/egress/address-kind.js';
import { parseHostPattern } from '../../../../orchestrator/blocks/outbound/egress/host-patterns.js';
import { bench, closeBenches, effect, error, origin, output, type BenchOptions } from './outbound-bench.js';
import { closeServers, json, serve } from './local-server.js';

afterEach(async () => {
  await closeBenches();
  await closeServers();
});

async function refusal(endpoint: string, options: BenchOptions): Promise<ReturnType<typeof error>> {
  return error(await bench(options).call(effect('http', { method: 'get', endpoint }), origin));
}

/** A name server that gives these addresses, one list for each time it is asked. */
function names(...answers: readonly (readonly string[])[]): NonNullable<BenchOptions['resolve']> {
  let asked = 0;
  return () => {
    const found = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    return Promise.resolve(found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  };
}

describe('the way out', () => {
  it('is closed unless told, and says how to open it', async () => {
    const failed = await refusal('https://api.example.org/x', { hosts: '' });
    expect(failed).toMatchObject({ type: 'authorization', status: 403, instance: '/do/0/ask' });
    expect(failed.detail).toContain('api.example.org:443');
    expect(failed.detail).toContain('SANDBOX_OUTBOUND_HOSTS');
  });

  it.each([
    ['api.example.org', 'http://api.example.org/', true],
    ['api.example.org', 'http://api.example.org.:8080/', true],
    ['API.example.org', 'http://api.EXAMPLE.org/', true],
    ['api.example.org', 'http://example.org/', false],
    ['api.example.org', 'http://xapi.example.org/', false],
    ['api.example.org', 'http://api.example.org.evil.example/', false],
    ['api.example.org:8080', 'http://api.example.org:8080/', true],
    ['api.example.org:8080', 'http://api.example.org/', false],
    ['api.example.org:443', 'https://api.example.org/', true],
    ['*.example.org', 'http://a.b.example.org/', true],
    ['*.example.org', 'http://example.org/', false],
    ['*.example.org', 'http://evilexample.org/', false],
    ['*', 'http://anything.example/', true],
    ['bücher.example', 'http://xn--bcher-kva.example/', true],
  ])('%s lets %s out: %s', async (hosts, endpoint, allowed) => {
    // Allowed means: it got as far as asking for the address, of which there is none.
    const failed = await refusal(endpoint, { hosts, resolve: names([]) });
    expect(failed.type).toBe(allowed ? 'communication' : 'authorization');
  });

  it.each(['http://user@a.example/', 'http://:password@a.example/', 'ftp://a.example/', 'javascript:1'])(
    'is not for %s',
    async (endpoint) => {
      const failed = await refusal(endpoint, { hosts: '*' });
      expect(failed.type).toBe('authorization');
      expect(failed.detail).not.toContain('password@');
    },
  );

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.31.255.255/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/',
    'http://168.63.129.16/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://[fd00:ec2::254]/',
    'http://[ff02::1]/',
  ])('with * is for public addresses only: not %s', async (endpoint) => {
    const failed = await refusal(endpoint, { hosts: '*' });
    expect(failed).toMatchObject({ type: 'authorization', status: 403 });
    expect(failed.detail).toContain('not a public address');
  });

  it('is checked after the name is resolved: each address of it', async () => {
    for (const addresses of [['127.0.0.1'], ['93.184.215.14', '10.0.0.1'], ['::ffff:169.254.169.254']]) {
      const failed = await refusal('http://innocent.example/', { hosts: '*', resolve: names(addresses) });
      expect(failed).toMatchObject({ type: 'authorization', status: 403 });
      expect(failed.detail).toContain('innocent.example resolves to');
    }
  });

  it('connects to the address that was checked, whatever the name server says next', async () => {
    const server = await serve((_request, response) => json(response, 200, { ok: true }));
    let asked = 0;
    const { call } = bench({
      hosts: `rebinding.example:${server.port}`,
      resolve: () => {
        asked += 1;
        return Promise.resolve([{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]);
      },
    });
    const args = { method: 'get', endpoint: `http://rebinding.example:${server.port}/` };
    expect(output(await call(effect('http', args), origin))).toEqual({ ok: true });
    expect(asked).toBe(1);
    expect(server.received[0]?.headers.host).toBe(`rebinding.example:${server.port}`);
  });

  it('lets a host that is named itself lie in a private network, but never at a metadata address', async () => {
    const server = await serve((_request, response) => json(response, 200, { ok: true }));
    const args = { method: 'get', endpoint: `http://registry.ministry.example:${server.port}/` };
    const named = bench({ hosts: 'registry.ministry.example', resolve: names(['127.0.0.1']) });
    expect(output(await named.call(effect('http', args), origin))).toEqual({ ok: true });
    for (const address of ['169.254.169.254', 'fe80::1', 'fd00:ec2::254', '224.0.0.1', '0.0.0.0']) {
      const failed = await refusal('http://registry.ministry.example/', {
        hosts: 'registry.ministry.example',
        resolve: names([address]),
      });
      expect(failed.detail).toContain(address);
      expect(failed.type).toBe('authorization');
    }
  });

  it('does not widen what another pattern names: a private address needs its port too', async () => {
    const failed = await refusal('http://registry.ministry.example:9090/', {
      hosts: '*,registry.ministry.example:8080',
      resolve: names(['10.0.0.7']),
    });
    expect(failed.type).toBe('authorization');
  });

  it('reaches this machine by IPv6 when it is named', async () => {
    const server = await serve((_request, response) => json(response, 200, { ok: true }), '::1');
    const args = { method: 'get', endpoint: `http://[::1]:${server.port}/` };
    expect(output(await bench({ hosts: '[::1]' }).call(effect('http', args), origin))).toEqual({ ok: true });
    expect((await refusal(args.endpoint, { hosts: '127.0.0.1' })).type).toBe('authorization');
  });

  it('leads a mapped host elsewhere, as if it were there', async () => {
    const server = await serve((_request, response) => json(response, 200, { ok: true }));
    const { call } = bench({
      hosts: '',
      targets: `127.0.0.1:${server.port}`,
      hostMap: { 'petstore.example': server.origin },
    });
    const args = { method: 'get', endpoint: 'https://petstore.example/v2/pet/1', output: 'response' };
    const whole = output(await call(effect('http', args), origin));
    expect(whole).toMatchObject({
      request: { uri: 'https://petstore.example/v2/pet/1' },
      content: { ok: true },
    });
    expect(server.received[0]).toMatchObject({ path: '/v2/pet/1', headers: { host: 'petstore.example' } });
    // What every object knows is no mapped host.
    const inherited = effect('http', { method: 'get', endpoint: 'http://constructor/' });
    expect(error(await call(inherited, origin)).type).toBe('authorization');
    // The map opens no way to where it leads.
    const direct = effect('http', { method: 'get', endpoint: server.origin });
    expect(error(await call(direct, origin)).type).toBe('authorization');
  });
});

describe('host patterns', () => {
  it.each([
    'a b',
    'http://a.example',
    'a.example/x',
    'a.*.example',
    'user@a.example',
    'a:0',
    'a:70000',
    '[x]',
    '',
  ])('"%s" is none', (text) => {
    expect(parseHostPattern(text)).toBeUndefined();
  });
});

describe('kinds of addresses', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['172.32.0.1', 'public'],
    ['2606:4700::1111', 'public'],
    ['::ffff:8.8.8.8', 'public'],
    ['64:ff9b::808:808', 'public'],
    ['::ffff:10.0.0.1', 'private'],
    ['fd12:3456::1', 'private'],
    ['fe80::1%eth0', 'never'],
    ['2001:db8::1', 'never'],
    ['100.100.100.200', 'never'],
    ['::8.8.8.8', 'public'],
    ['::10.0.0.1', 'never'],
    ['not an address', 'never'],
  ])('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });
});
