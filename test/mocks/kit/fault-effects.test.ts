import { describe, expect, it } from '@jest/globals';
import { ConnectionLostError, type BlockRequest } from '../../../contracts/block.js';
import { faultRequestSchema, malformations, type FaultRequest } from '../../../contracts/faults.js';
import { fractionsOf } from '../../../mocks/kit/chance.js';
import { delayOf } from '../../../mocks/kit/fault-effects.js';
import { malform } from '../../../mocks/kit/malform.js';
import { createUnreadable } from '../../../mocks/kit/unreadable-answers.js';
import { createSampleBlock } from './sample-block.js';
import { testDeps, WORKSPACE } from './test-deps.js';

const create: BlockRequest = {
  method: 'POST',
  path: '/pots',
  query: {},
  headers: {},
  body: { id: 'a', amount: 3 },
};
const read: BlockRequest = { method: 'GET', path: '/pots/a', query: {}, headers: {} };

async function broken(fault: FaultRequest) {
  const kit = testDeps();
  const slept: number[] = [];
  const block = createSampleBlock(kit.deps, {
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  });
  await kit.faults.add(WORKSPACE, { ...fault, id: 'f', block: 'registration', operationId: 'createPot' });
  return { kit, block, slept };
}

describe('an answer', () => {
  it.each(malformations)('is spoilt after the effect: %s, and nobody can read it', async (how) => {
    const { block } = await broken({ kind: 'malformed-answer', how, seed: 1 });
    const answer = await block.handle(WORKSPACE, create);
    expect(answer.status).toBe(201);
    const unreadable = createUnreadable(() => block.openapi);
    const why = answer.unparsed === true ? 'no JSON' : unreadable('registration', 'createPot', answer);
    expect(why).toBeDefined();
    expect((await block.handle(WORKSPACE, read)).status).toBe(200);
  });

  it('is spoilt in one of several ways that the seed chooses, each time the same', () => {
    const answer = { status: 200, headers: {}, body: { id: 'a', amount: 3, list: [{ ok: true }] } };
    const spoilt = (seed: number): string => {
      const draw = fractionsOf(seed, 1);
      return JSON.stringify(malform(answer, undefined, [draw(), draw()]));
    };
    const ways = Array.from({ length: 30 }, (_, seed) => spoilt(seed));
    expect(ways).toEqual(Array.from({ length: 30 }, (_, seed) => spoilt(seed)));
    expect(ways.filter((way) => way.includes('text/html')).length).toBeGreaterThan(0);
    expect(ways.filter((way) => way.includes('unparsed')).length).toBeGreaterThan(0);
    expect(new Set(ways).size).toBeGreaterThan(5);
  });

  it('is never JSON when it was cut', () => {
    for (const body of [{}, [], 'text', 7, null, { a: { b: [1, 2, 'x'] } }])
      for (let lot = 0; lot < 1; lot += 0.05) {
        const { body: text } = malform({ status: 200, headers: {}, body }, 'cut-json', [0, lot]);
        expect(() => JSON.parse(text as string) as unknown).toThrow();
      }
  });

  it('breaks off in the middle, for who hears it over a connection', async () => {
    const { block } = await broken({ kind: 'dropped-connection', times: 1 });
    const lost = await block.handle(WORKSPACE, create).catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(ConnectionLostError);
    expect(lost).toMatchObject({ beforeEffect: false, partial: { status: 201, body: { id: 'a' } } });
    expect((await block.handle(WORKSPACE, read)).status).toBe(200);
  });

  it('is the error that was asked for, with its body, without effect', async () => {
    const { block } = await broken({ kind: 'error', status: 418, body: { teapot: true } });
    const answer = await block.handle(WORKSPACE, create);
    expect(answer).toMatchObject({ status: 418, body: { teapot: true } });
    expect(answer.headers['x-sandbox-rule']).toBe('fault:error');
    expect((await block.handle(WORKSPACE, read)).status).toBe(404);
  });
});

describe('latency', () => {
  const delays = (fault: Extract<FaultRequest, { kind: 'latency' }>, count = 2000): number[] =>
    Array.from({ length: count }, (_, seen) => {
      const strike = { fault: { ...fault, id: 'f', block: 'payments' as const }, draw: fractionsOf(1, seen) };
      return delayOf(strike) ?? -1;
    }).toSorted((one, other) => one - other);
  const at = (sorted: readonly number[], share: number): number =>
    sorted[Math.floor(sorted.length * share)] ?? 0;

  it('is fixed, lies between two bounds, or has the median and the 95th percentile asked for', () => {
    expect(new Set(delays({ kind: 'latency', milliseconds: 70 }, 5))).toEqual(new Set([70]));
    const uniform = delays({ kind: 'latency', least: 100, most: 200 });
    expect(uniform[0]).toBeGreaterThanOrEqual(100);
    expect(uniform.at(-1)).toBeLessThanOrEqual(200);
    expect(Math.abs(at(uniform, 0.5) - 150)).toBeLessThan(5);
    const lognormal = delays({ kind: 'latency', median: 200, p95: 1000 });
    expect(Math.abs(at(lognormal, 0.5) - 200)).toBeLessThan(20);
    expect(Math.abs(at(lognormal, 0.95) - 1000)).toBeLessThan(120);
  });

  it('is waited for before the operation', async () => {
    const { block, slept } = await broken({ kind: 'latency', milliseconds: 700 });
    await block.handle(WORKSPACE, create);
    expect(slept).toEqual([700]);
  });
});

describe('a fault that is asked for', () => {
  it.each<[unknown, readonly string[]]>([
    [{ kind: 'explosion' }, ['kind']],
    [{ kind: 'outage', times: 0, probability: 0 }, ['probability', 'times']],
    [{ kind: 'outage', milliseconds: 5 }, ['']],
    [{ kind: 'latency' }, ['milliseconds']],
    [{ kind: 'latency', milliseconds: 1, least: 1, most: 2 }, ['milliseconds']],
    [{ kind: 'latency', median: 10 }, ['p95']],
    [{ kind: 'latency', median: 10, p95: 5 }, ['p95']],
    [{ kind: 'latency', least: 10, most: 5 }, ['most']],
    [{ kind: 'error', status: 200 }, ['status']],
    [{ kind: 'slow-body' }, ['milliseconds']],
    [{ kind: 'lost-callbacks', client: 'A/B/C/D' }, ['']],
    [{ kind: 'malformed-answer', how: 'nicely', expiresAt: 'soon' }, ['expiresAt', 'how']],
  ])('%j is refused, naming the field', (fault, fields) => {
    const { error } = faultRequestSchema.safeParse(fault);
    expect((error?.issues ?? []).map(({ path }) => path.join('/')).toSorted()).toEqual(fields);
  });
});

describe('what a caller cannot read', () => {
  const openapi = {
    paths: {
      '/a': {
        get: {
          operationId: 'a',
          responses: {
            '200': {
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    required: ['id'],
                    additionalProperties: false,
                    properties: { id: { type: 'string' }, mood: { enum: ['good'] }, at: { format: 'date' } },
                  },
                },
              },
            },
          },
        },
      },
    },
  };
  const unreadable = createUnreadable(() => openapi);
  const answer = (body: object, headers = {}) =>
    unreadable('payments', 'a', { status: 200, headers, body: body as never });

  it('is another type, a missing member, or no JSON; a value, a format or a member too many is not', () => {
    expect(answer({ id: 'x', mood: 'bad', at: 'never', more: 1 })).toBeUndefined();
    expect(answer({ id: 7 })).toContain('/body/id');
    expect(answer({})).toBe('/body/id is required');
    expect(answer({ id: 'x' }, { 'content-type': 'text/html' })).toContain('text/html');
    expect(unreadable('payments', 'a', { status: 500, headers: {}, body: 'broken' })).toBeUndefined();
    expect(unreadable('payments', 'a', { status: 200, headers: {} })).toBeUndefined();
    expect(unreadable('payments', 'unknown', { status: 200, headers: {}, body: 1 })).toBeUndefined();
  });
});
