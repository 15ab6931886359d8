import { afterEach, describe, expect, it } from '@jest/globals';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { bench, closeBenches, effect, error, origin, output } from './outbound-bench.js';
import { closeServers, json, serve, type Answer } from './local-server.js';

afterEach(async () => {
  await closeBenches();
  await closeServers();
});

const LIMIT = 1000;

/** What a call gives back, or its error, when the other side answers so. */
async function ask(answer: Answer, args: object = {}): ReturnType<ReturnType<typeof bench>['call']> {
  const server = await serve(answer);
  return bench({ largestAnswer: LIMIT }).call(
    effect('http', { method: 'get', endpoint: `${server.origin}/x?secret=1`, ...args }),
    origin,
  );
}

const sending =
  (body: string | Buffer, headers: Record<string, string>, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

describe('an answer', () => {
  it.each([
    ['JSON', 'application/json; charset=utf-8', '{"a":[1,null]}', { a: [1, null] }],
    ['+json', 'application/vnd.api+json', '"x"', 'x'],
    ['text', 'text/csv', 'a,b', 'a,b'],
    ['text of another charset', 'text/plain; charset=iso-8859-1', Buffer.from('é', 'latin1'), 'é'],
    [
      'JSON of another charset',
      'application/json; charset=utf-16le',
      Buffer.from('{"é":1}', 'utf16le'),
      { é: 1 },
    ],
    ['text of an unknown charset', 'text/plain; charset=klingon', 'x', 'x'],
    ['XML', 'application/soap+xml', '<a/>', '<a/>'],
    ['bytes', 'image/png', Buffer.from([0, 255]), 'AP8='],
    ['nothing', 'application/json', '', null],
  ])('of %s becomes data', async (_what, type, body, content) => {
    expect(output(await ask(sending(body, { 'content-type': type })))).toEqual(content);
  });

  it('without a type is tried as JSON, as text, and is base64 else', async () => {
    expect(output(await ask(sending('{"a":1}', {})))).toEqual({ a: 1 });
    expect(output(await ask(sending('plain', {})))).toBe('plain');
    expect(output(await ask(sending(Buffer.from([0xff, 0xfe, 0xfd]), {})))).toBe('//79');
  });

  it('is base64 when raw is asked for', async () => {
    const raw = output(
      await ask(sending('{"a": 1}', { 'content-type': 'application/json' }), { output: 'raw' }),
    );
    expect(Buffer.from(raw as string, 'base64').toString()).toBe('{"a": 1}');
  });

  it('is told whole with `response`, without what proves who asked', async () => {
    const whole = output(
      await ask((_request, response) => json(response, 201, { a: 1 }, { 'x-more': 'yes' }), {
        output: 'response',
        headers: { authorization: 'Bearer secret', cookie: 'a=b', 'x-mine': '1' },
      }),
    );
    expect(whole).toMatchObject({
      request: { method: 'GET', uri: expect.stringContaining('/x?secret=1'), headers: { 'x-mine': '1' } },
      headers: { 'x-more': 'yes', 'content-type': 'application/json' },
      statusCode: 201,
      content: { a: 1 },
    });
    expect(JSON.stringify(whole)).not.toContain('Bearer secret');
    expect(JSON.stringify(whole)).not.toContain('a=b');
  });

  it('of a failure is a communication error with its status, title and short reason', async () => {
    const body = { detail: 'There is no such thing.', person: 'Amina' };
    const failed = error(await ask((_request, response) => json(response, 404, body)));
    expect(failed).toMatchObject({
      type: 'communication',
      status: 404,
      title: 'Not Found',
      instance: '/do/0/ask',
    });
    expect(failed.detail).toMatch(
      /^GET http:\/\/127\.0\.0\.1:\d+\/x answered 404: There is no such thing\.$/,
    );
    expect(failed.detail).not.toContain('secret');
  });

  it('never becomes an error text as a whole', async () => {
    const failed = error(await ask(sending('Amina lives here', { 'content-type': 'text/plain' }, 500)));
    expect(failed).toMatchObject({ status: 500, title: 'Internal Server Error' });
    expect(failed.detail).not.toContain('Amina');
    const long = error(await ask((_request, response) => json(response, 422, { message: 'x'.repeat(900) })));
    expect(long.detail?.length).toBeLessThan(400);
  });

  it('that claims to be JSON and is not is a communication error', async () => {
    const failed = error(await ask(sending('{"a":', { 'content-type': 'application/json' })));
    expect(failed).toMatchObject({ type: 'communication', status: 502 });
    expect(failed.detail).toContain('not valid JSON');
  });

  it('to HEAD, and of 204, has no content', async () => {
    expect(
      output(await ask(sending('', { 'content-type': 'application/json' }), { method: 'head' })),
    ).toBeNull();
    expect(output(await ask(sending('', {}, 204)))).toBeNull();
    // HEAD tells the size and packing of what GET would get.
    const told = { 'content-length': '5000000', 'content-encoding': 'gzip' };
    expect(output(await ask(sending('', told), { method: 'head' }))).toBeNull();
  });
});

describe('a packed answer', () => {
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['gzip, br', (text: string) => brotliCompressSync(gzipSync(text))],
  ])('is unpacked: %s', async (encoding, pack) => {
    const answer = sending(pack('{"a":1}'), {
      'content-type': 'application/json',
      'content-encoding': encoding,
    });
    expect(output(await ask(answer))).toEqual({ a: 1 });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('that grows beyond the limit is refused: %s', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(400_000));
    expect(bomb.length).toBeLessThan(LIMIT);
    const failed = error(await ask(sending(bomb, { 'content-encoding': encoding })));
    expect(failed).toMatchObject({ type: 'communication', status: 502, title: 'The answer is too large' });
  });

  it.each([
    ['gzip', 'not packed'],
    ['zstd', 'x'],
    ['gzip, gzip, gzip, gzip', 'x'],
  ])('that cannot be unpacked is an error: %s', async (encoding, body) => {
    const failed = error(await ask(sending(body, { 'content-encoding': encoding })));
    expect(failed).toMatchObject({ type: 'communication', status: 502 });
  });
});

describe('an answer without measure', () => {
  it('is refused by what it announces', async () => {
    const failed = error(await ask(sending('x'.repeat(LIMIT + 1), { 'content-length': String(LIMIT + 1) })));
    expect(failed.title).toBe('The answer is too large');
  });

  it('is refused while it comes, and the connection ends', async () => {
    let closed: Promise<unknown> = Promise.reject(new Error('Nobody asked'));
    closed.catch(() => undefined);
    const failed = error(
      await ask((_request, response) => {
        closed = new Promise((resolve) => response.on('close', resolve));
        response.write('x'.repeat(LIMIT));
        response.write('x'.repeat(LIMIT));
        // Never ends by itself.
      }),
    );
    expect(failed.title).toBe('The answer is too large');
    await closed;
  });

  it('in its headers is refused', async () => {
    const failed = error(
      await ask((_request, response) => {
        for (let index = 0; index < 40; index += 1) response.setHeader(`x-${index}`, 'y'.repeat(1000));
        response.end();
      }),
    );
    expect(failed).toMatchObject({ type: 'communication', status: 503 });
    expect(failed.detail).toContain('headers');
  });

  it('of exactly the limit is taken', async () => {
    const taken = await ask(sending('x'.repeat(LIMIT), { 'content-type': 'text/plain' }));
    expect(output(taken)).toHaveLength(LIMIT);
  });
});

describe('no answer', () => {
  it('in time is a timeout', async () => {
    const server = await serve(() => undefined);
    const { call } = bench({ timeoutMs: 50 });
    const failed = error(await call(effect('http', { method: 'get', endpoint: server.origin }), origin));
    expect(failed).toMatchObject({ type: 'timeout', status: 408 });
  });

  it('to its end in time is a timeout too', async () => {
    const server = await serve((_request, response) => void response.write('x'));
    const { call } = bench({ timeoutMs: 50 });
    const failed = error(await call(effect('http', { method: 'get', endpoint: server.origin }), origin));
    expect(failed).toMatchObject({ type: 'timeout', status: 408 });
  });

  it('from where nobody listens is a communication error', async () => {
    const server = await serve(() => undefined);
    await closeServers();
    const failed = error(
      await bench().call(effect('http', { method: 'get', endpoint: server.origin }), origin),
    );
    expect(failed).toMatchObject({ type: 'communication', status: 503 });
    expect(failed.detail).toContain('the connection was refused');
  });

  it('because the connection drops is a communication error', async () => {
    const failed = error(await ask((_request, response) => void response.socket?.destroy()));
    expect(failed).toMatchObject({ type: 'communication', status: 503 });
  });

  it('because there is no such host is a communication error', async () => {
    const { call } = bench({ hosts: 'nowhere.example', resolve: () => Promise.resolve([]) });
    const failed = error(
      await call(effect('http', { method: 'get', endpoint: 'http://nowhere.example/' }), origin),
    );
    expect(failed).toMatchObject({ type: 'communication', status: 503 });
    expect(failed.detail).toContain('there is no such host');
  });
});
