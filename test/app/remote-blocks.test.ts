import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import express, { json } from 'express';
import { internalOnly } from '../../app/internal-door.js';
import {
  blockAskSchema,
  BLOCKS_PATH,
  createRemoteBlocks,
  replyToError,
  type BlockReply,
} from '../../app/remote-blocks.js';
import { createToldClocks } from '../../app/told-clocks.js';
import { ConnectionLostError, type Block, type SeenRequest } from '../../contracts/block.js';
import { DEFAULT_WORKSPACE } from '../../contracts/ids.js';
import { silentLogger } from '../../contracts/logger.js';
import { SandboxError } from '../../contracts/problems.js';
import { StoreUnavailableError } from '../../contracts/store-unavailable.js';
import { createProblemHandler } from '../../orchestrator/http/problem-handler.js';

const KEY = 'the key of this installation';
const clocks = {
  offset: () => 5_000,
  asItIs: () => ({ now: '2026-01-01T00:00:00.000Z', untouched: false, standsAt: '2026-02-01T00:00:00.000Z' }),
};
const local = { id: 'payments', title: 'Payments', openapi: { openapi: '3.1.0' } } as unknown as Block;

describe('building blocks in another process', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function answering(
    answer: (asked: unknown) => BlockReply | Error,
    port = 0,
    key = KEY,
  ): Promise<string> {
    const app = express();
    app.get('/health', (_request, response) => void response.json({ status: 'up' }));
    app.post(BLOCKS_PATH, internalOnly(key), json(), (request, response) => {
      const reply = answer(blockAskSchema.parse(request.body));
      if (reply instanceof Error) throw reply;
      response.json(reply);
    });
    app.use(createProblemHandler(silentLogger));
    const server: Server = createServer(app);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    closing.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function asking(url: string, seen: SeenRequest[] = [], patienceMs = 2_000): Block {
    const remote = createRemoteBlocks({ url, key: KEY, clocks, patienceMs });
    closing.push(() => remote.close());
    return remote.elsewhere(local, { record: (_workspace, one) => void seen.push(one) });
  }

  const request = { method: 'POST', path: '/pay', query: {}, headers: {}, body: { amount: 1 } } as const;

  it('are told the request and where the clock stands, and their answer and what they saw come back', async () => {
    const asked: unknown[] = [];
    const response = { status: 201, headers: { 'x-sandbox-rule': 'done' }, body: { id: 'p1' } };
    const url = await answering((one) => {
      asked.push(one);
      const seen = {
        block: 'payments',
        operationId: 'pay',
        answeredBy: 'mock',
        faults: [],
        milliseconds: 2,
      } as const;
      return { kind: 'done', value: response, seen: { ...seen, startedAt: '2026-01-01T00:00:00.000Z' } };
    });
    const seen: SeenRequest[] = [];
    expect(await asking(url, seen).handle(DEFAULT_WORKSPACE, request)).toEqual(response);
    expect(asked).toEqual([
      {
        workspace: DEFAULT_WORKSPACE,
        block: 'payments',
        method: 'handle',
        args: [request],
        clock: { offset: 5_000, standsAt: '2026-02-01T00:00:00.000Z', said: expect.any(Number) },
      },
    ]);
    expect(seen).toEqual([
      expect.objectContaining({
        request,
        response,
        operationId: 'pay',
        startedAt: new Date('2026-01-01T00:00:00.000Z'),
      }),
    ]);
  });

  it('show one document of their state, and say when there is none', async () => {
    const url = await answering((asked) => {
      const { method, args } = asked as { method: string; args: readonly unknown[] };
      expect(method).toBe('state.get');
      return args[1] === 'p1'
        ? { kind: 'done', value: { doc: { _id: 'p1' }, version: 3 } }
        : { kind: 'done' };
    });
    const { state } = asking(url);
    expect(await state.get(DEFAULT_WORKSPACE, 'payments', 'p1')).toEqual({ doc: { _id: 'p1' }, version: 3 });
    expect(await state.get(DEFAULT_WORKSPACE, 'payments', 'p2')).toBeUndefined();
  });

  it('raise what they raise there', async () => {
    const lost = new ConnectionLostError('dropped', false, { status: 200, headers: {} });
    const url = await answering(() => replyToError(lost)!);
    await expect(asking(url).handle(DEFAULT_WORKSPACE, request)).rejects.toMatchObject({
      name: 'ConnectionLostError',
      beforeEffect: false,
      partial: { status: 200 },
    });
    const none = new SandboxError('GSB-REQ-002', {
      detail: 'Payments keeps no books.',
      extensions: { a: 1 },
    });
    const other = await answering(() => replyToError(none)!);
    await expect(asking(other).state.list(DEFAULT_WORKSPACE, 'books', { limit: 1 })).rejects.toMatchObject({
      code: 'GSB-REQ-002',
      detail: 'Payments keeps no books.',
      extensions: { a: 1 },
    });
    expect(replyToError(new Error('a defect'))).toBeUndefined();
  });

  it('are waited for while their process is started again', async () => {
    const first = await answering(() => ({ kind: 'done' }));
    const port = Number(new URL(first).port);
    await closing.pop()?.();
    const waiting = asking(first).handle(DEFAULT_WORKSPACE, request);
    await answering(() => ({ kind: 'done', value: { status: 200, headers: {} } }), port);
    expect(await waiting).toEqual({ status: 200, headers: {} });
  });

  it('count as lost before any effect when they stay away; a job is tried again later', async () => {
    const url = await answering(() => ({ kind: 'done' }));
    await closing.pop()?.();
    const block = asking(url, [], 10);
    await expect(block.handle(DEFAULT_WORKSPACE, request)).rejects.toMatchObject({ beforeEffect: true });
    await expect(block.runJob(DEFAULT_WORKSPACE, { id: 'j', name: 'n', data: {} })).rejects.toBeInstanceOf(
      StoreUnavailableError,
    );
  });

  it('wait for their stores as the server does', async () => {
    const url = await answering(() => new StoreUnavailableError('documents', { cause: new Error('away') }));
    await expect(asking(url).handle(DEFAULT_WORKSPACE, request)).rejects.toBeInstanceOf(
      StoreUnavailableError,
    );
  });

  it('answer nobody without the key of the installation', async () => {
    let asked = 0;
    const url = await answering(
      () => {
        asked += 1;
        return { kind: 'done' };
      },
      0,
      'the key of another installation',
    );
    await expect(asking(url).handle(DEFAULT_WORKSPACE, request)).rejects.toThrow();
    expect(asked).toBe(0);
  });

  it('leave the mediator and the workflow block where they are', async () => {
    const remote = createRemoteBlocks({ url: 'http://127.0.0.1:9', key: KEY, clocks });
    closing.push(() => remote.close());
    for (const id of ['information-mediator', 'workflow'] as const) {
      const block = { ...local, id };
      expect(remote.elsewhere(block, undefined)).toBe(block);
    }
  });
});

describe('a clock that one is told', () => {
  it('is the machine’s until then, runs ahead or stands, and hears nothing that was said earlier', () => {
    const now = new Date('2026-01-01T00:00:00.000Z');
    const told = createToldClocks({ now: () => now });
    const at = (): string => told.of(DEFAULT_WORKSPACE).now().toISOString();
    expect(at()).toBe('2026-01-01T00:00:00.000Z');
    told.tell(DEFAULT_WORKSPACE, { offset: 60_000, said: 10 });
    expect([at(), told.stands?.(DEFAULT_WORKSPACE)]).toEqual(['2026-01-01T00:01:00.000Z', false]);
    told.tell(DEFAULT_WORKSPACE, { offset: 0, standsAt: '2026-03-01T00:00:00.000Z', said: 20 });
    told.tell(DEFAULT_WORKSPACE, { offset: 0, said: 15 });
    expect([at(), told.stands?.(DEFAULT_WORKSPACE)]).toEqual(['2026-03-01T00:00:00.000Z', true]);
  });
});
