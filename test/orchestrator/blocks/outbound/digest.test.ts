import { afterEach, describe, expect, it } from '@jest/globals';
import { digest } from '../../../../orchestrator/blocks/outbound/authentication/digest.js';
import { parseChallenges } from '../../../../orchestrator/blocks/outbound/authentication/challenge.js';
import { digestServer, USER_AND_PASSWORD } from './digest-server.js';
import { bench, closeBenches, effect, error, origin, output } from './outbound-bench.js';
import { closeServers, json, serve } from './local-server.js';

afterEach(async () => {
  await closeBenches();
  await closeServers();
});

const authentication = { digest: USER_AND_PASSWORD };
const get = (address: string): ReturnType<typeof effect> =>
  effect('http', { method: 'get', endpoint: `${address}/a/b?c=d%20e` }, { authentication });

describe('digest authentication', () => {
  it.each(['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess'])('answers a challenge of %s', async (algorithm) => {
    const server = await digestServer({ algorithm });
    const outcome = await bench().call(get(server.origin), origin);
    expect(output(outcome)).toEqual({ ok: true });
    expect(outcome).toMatchObject({ authorization: { scheme: 'Digest' } });
    expect(server.received).toHaveLength(2);
  });

  it.each([{ qop: null }, { qop: 'auth-int, auth' }, { userhash: true }])(
    'answers with %j',
    async (options) => {
      const server = await digestServer(options);
      expect(output(await bench().call(get(server.origin), origin))).toEqual({ ok: true });
    },
  );

  it.each(['SHA-256', 'MD5-sess'])('uses the nonce of %s again, counting', async (algorithm) => {
    const server = await digestServer({ algorithm });
    const { call } = bench();
    for (let time = 0; time < 3; time += 1) await call(get(server.origin), origin);
    expect(server.received).toHaveLength(4);
    expect(server.accepted.map(({ nonce, nc }) => `${nonce} ${nc}`)).toEqual([
      'nonce-1 00000001',
      'nonce-1 00000002',
      'nonce-1 00000003',
    ]);
  });

  it('takes a new nonce when the old one is used up', async () => {
    const server = await digestServer({ uses: 1 });
    const { call } = bench();
    await call(get(server.origin), origin);
    expect(output(await call(get(server.origin), origin))).toEqual({ ok: true });
    expect(server.accepted.map(({ nonce }) => nonce)).toEqual(['nonce-1', 'nonce-2']);
  });

  it('chooses among the schemes and algorithms that are offered', async () => {
    const others = [
      'Basic realm="x"',
      'Bearer',
      'Negotiate dG9rZW4=',
      'Digest realm="x", nonce="n", algorithm=MD5',
    ];
    const server = await digestServer({ others });
    expect(output(await bench().call(get(server.origin), origin))).toEqual({ ok: true });
    expect(server.accepted[0]).toMatchObject({ algorithm: 'SHA-256' });
  });

  it('is refused with another password, after one try', async () => {
    const server = await digestServer();
    const call = effect(
      'http',
      { method: 'get', endpoint: server.origin },
      {
        authentication: { digest: { ...USER_AND_PASSWORD, password: 'other' } },
      },
    );
    expect(error(await bench().call(call, origin))).toMatchObject({ type: 'authentication', status: 401 });
    expect(server.received).toHaveLength(2);
  });

  it.each([
    ['Basic realm="x"', 'does not ask for digest'],
    ['Digest realm="x", nonce="n", algorithm=SHA-1024', 'SHA-1024'],
    ['Digest realm="x", nonce="n", qop="auth-int"', 'auth-int'],
    ['Digest realm="x"', 'does not ask for digest'],
    ['', 'does not ask for digest'],
  ])('says what it cannot answer: %s', async (challenge, detail) => {
    const server = await serve((_request, response) =>
      json(response, 401, {}, { 'www-authenticate': challenge }),
    );
    const failed = error(await bench().call(get(server.origin), origin));
    expect(failed.type).toBe('authentication');
    expect(failed.detail).toContain(detail);
  });

  it('sends the body again with its answer', async () => {
    const server = await digestServer();
    const args = { method: 'post', endpoint: server.origin, body: { a: 1 } };
    await bench().call(effect('http', args, { authentication }), origin);
    expect(server.received.map(({ body }) => body.toString())).toEqual(['{"a":1}', '{"a":1}']);
    const [first, second] = server.received;
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
  });
});

describe('the example of RFC 7616, 3.9.1', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('comes out with %s', async (algorithm, response) => {
    const authenticator = digest(
      { username: 'Mufasa', password: 'Circle of Life' },
      { sessions: new Map(), nonce: () => 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' },
    );
    const request = { method: 'GET', url: new URL('http://www.example.org/dir/index.html'), headers: {} };
    const challenge = `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
    const answer = await authenticator.reauthorize(request, {
      authorization: undefined,
      response: { status: 401, headers: { 'www-authenticate': challenge }, body: Buffer.alloc(0) },
    });
    expect(answer?.parameter).toContain(`response="${response}"`);
  });
});

describe('challenges', () => {
  it.each([
    ['', []],
    ['Bearer', [{ scheme: 'Bearer', parameters: {} }]],
    [
      'A x="1, \\"2\\"", Y=z,B t68==, C k=v',
      [
        { scheme: 'A', parameters: { x: '1, "2"', y: 'z' } },
        { scheme: 'B', parameters: {} },
        { scheme: 'C', parameters: { k: 'v' } },
      ],
    ],
    [
      'A, B, C x=y',
      ['A', 'B']
        .map((scheme) => ({ scheme, parameters: {} }))
        .concat([{ scheme: 'C', parameters: { x: 'y' } }]),
    ],
    ['A x="never closed', [{ scheme: 'A', parameters: {} }]],
    ['"', []],
  ])('are read from %j', (header, challenges) => {
    const read = parseChallenges(header);
    expect(read.slice(0, challenges.length)).toEqual(challenges);
  });
});
