import { describe, expect, it } from '@jest/globals';
import { ConnectionLostError, type BlockResponse, type ServiceCall } from '../../../contracts/block.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import {
  createBlockCaller,
  type BlockCall,
  type BlockCaller,
  type BlockCallerDeps,
} from '../../../orchestrator/blocks/block-caller.js';

const useCase = {
  client: 'SANDBOX/GOV/MSW/USCT',
  services: {
    population: {
      title: 'Population',
      provider: 'SANDBOX/GOV/MOI/POPULATION',
      code: 'population',
      block: 'digital-registries' as const,
      basePath: '/data',
      access: [],
    },
  },
};
const document = {
  paths: {
    '/data/{id}': { get: { operationId: 'get', parameters: [{ name: 'id', in: 'path', required: true }] } },
  },
};
const call: BlockCall = { alias: 'population', operationId: 'get', parameters: { id: '7' } };

function callerOf(
  answer: (call: ServiceCall) => Promise<BlockResponse>,
  more: Partial<BlockCallerDeps> = {},
): {
  caller: BlockCaller;
  calls: ServiceCall[];
  timers: { milliseconds: number; run: () => void; cancelled: boolean }[];
} {
  const calls: ServiceCall[] = [];
  const timers: { milliseconds: number; run: () => void; cancelled: boolean }[] = [];
  const caller = createBlockCaller({
    services: {
      call: (_workspace, one) => {
        calls.push(one);
        return answer(one);
      },
    },
    useCase: (id) => (id === 'usct' ? useCase : undefined),
    openapiOf: () => document,
    ...more,
    after: (milliseconds, run) => {
      const timer = { milliseconds, run, cancelled: false };
      timers.push(timer);
      return () => {
        timer.cancelled = true;
      };
    },
  });
  return { caller, calls, timers };
}

const ok = (): Promise<BlockResponse> =>
  Promise.resolve({ status: 200, headers: { a: 'b' }, body: { name: 'x' } });

describe('the block caller', () => {
  it('calls the service of the alias as the use case’s own member', async () => {
    const { caller, calls } = callerOf(ok);
    const origin = { runId: 'run-1', caseId: 'case-1', taskKey: '/do/0/x' };
    const result = await caller.call(DEFAULT_WORKSPACE, 'usct', {
      ...call,
      origin,
      headers: { 'idempotency-key': 'k' },
    });
    expect(result).toEqual({
      kind: 'answered',
      status: 200,
      headers: { a: 'b' },
      body: { name: 'x' },
      request: { method: 'GET', uri: 'govstack://population/7' },
    });
    expect(calls).toEqual([
      {
        client: useCase.client,
        service: 'SANDBOX/GOV/MOI/POPULATION/population',
        request: {
          method: 'GET',
          path: '/7',
          query: {},
          headers: { accept: 'application/json', 'idempotency-key': 'k' },
        },
        origin,
      },
    ]);
  });

  it('gives null for an answer without a body', async () => {
    const { caller } = callerOf(() => Promise.resolve({ status: 204, headers: {} }));
    expect(await caller.call(DEFAULT_WORKSPACE, 'usct', call)).toMatchObject({
      kind: 'answered',
      status: 204,
      body: null,
    });
  });

  it.each([true, false])('reports a loss, before the effect: %s', async (beforeEffect) => {
    const { caller } = callerOf(() => Promise.reject(new ConnectionLostError('reset', beforeEffect)));
    expect(await caller.call(DEFAULT_WORKSPACE, 'usct', call)).toEqual({
      kind: 'lost',
      beforeEffect,
      reason: 'reset',
    });
  });

  it.each<[string, Partial<BlockResponse>, string | undefined]>([
    ['text where JSON was promised', { body: '{"na', unparsed: true }, 'no JSON'],
    ['what the contract does not allow', { body: { name: 7 } }, 'name must be a string'],
    ['a refusal, however it looks', { status: 500, body: { name: 7 } }, undefined],
  ])('finds malformed: %s', async (_what, change, reason) => {
    const { caller } = callerOf(() => Promise.resolve({ status: 200, headers: {}, ...change }), {
      unreadable: (_block, _operation, { body }) =>
        typeof (body as { name?: unknown }).name === 'string' ? undefined : 'name must be a string',
    });
    const result = await caller.call(DEFAULT_WORKSPACE, 'usct', call);
    if (reason === undefined) expect(result.kind).toBe('answered');
    else expect(result).toEqual({ kind: 'malformed', reason: expect.stringContaining(reason) });
  });

  it('stops waiting after the timeout, without knowing whether the effect happened', async () => {
    const { caller, timers } = callerOf(() => new Promise(() => undefined));
    const result = caller.call(DEFAULT_WORKSPACE, 'usct', { ...call, timeoutMs: 500 });
    expect(timers[0]?.milliseconds).toBe(500);
    timers[0]?.run();
    expect(await result).toEqual({ kind: 'lost', beforeEffect: false, reason: 'no answer within 500 ms' });
  });

  it('takes the timer back when the answer comes in time', async () => {
    const { caller, timers } = callerOf(ok);
    await caller.call(DEFAULT_WORKSPACE, 'usct', { ...call, timeoutMs: 500 });
    expect(timers.map(({ cancelled }) => cancelled)).toEqual([true]);
  });

  it('lets defects through', async () => {
    const { caller } = callerOf(() => Promise.reject(new TypeError('defect')));
    await expect(caller.call(DEFAULT_WORKSPACE, 'usct', call)).rejects.toThrow(TypeError);
  });

  it.each([
    ['use case', 'other', {}, 'GSB-DEF-003'],
    ['alias', 'usct', { alias: 'tax' }, 'GSB-DEF-003'],
    ['operation', 'usct', { operationId: 'put' }, 'GSB-BLK-003'],
    ['parameter', 'usct', { parameters: {} }, 'GSB-REQ-001'],
  ])('sends nothing for an unknown or missing %s', async (_what, id, change, code) => {
    const { caller, calls } = callerOf(ok);
    await expect(caller.call(DEFAULT_WORKSPACE, id, { ...call, ...change })).rejects.toMatchObject({ code });
    expect(calls).toEqual([]);
  });
});
