import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { drainSandbox, type DrainSandboxDeps } from '../../app/drain-sandbox.js';
import { createDrain } from '../../app/front-door/drain.js';
import { countInHand } from '../../app/in-hand.js';
import { createMemoryQueues } from '../../infra/memory/memory-queues.js';

describe('draining', () => {
  let server: Server;
  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
  });
  const drain = (deps: Partial<DrainSandboxDeps>) =>
    drainSandbox({
      drain: createDrain(),
      server,
      stopWorking: () => Promise.resolve(),
      jobs: () => 0,
      boundMs: 5_000,
      ...deps,
    });

  it('ends with nothing left', async () => {
    expect(await drain({ quiet: () => Promise.resolve(true), queued: () => Promise.resolve(0) })).toEqual({
      finished: true,
      left: { requests: 0, jobs: 0, queued: 0 },
    });
  });

  it('beyond its bound says what is left', async () => {
    const queues = createMemoryQueues();
    const inHand = countInHand(queues);
    let end: () => void = () => undefined;
    const taken = new Promise<void>((begun) => {
      inHand.queues.work('advance', 1, () => {
        begun();
        return new Promise((resolve) => (end = resolve));
      });
    });
    await inHand.queues.queue('advance').enqueue('advance', {});
    await taken;
    const stopWorking = (): Promise<never> => new Promise(() => undefined);
    expect(
      await drain({ boundMs: 400, stopWorking, jobs: inHand.jobs, queued: () => Promise.resolve(7) }),
    ).toEqual({
      finished: false,
      left: { requests: 0, jobs: 1, queued: 7 },
    });
    end();
    await queues.close();
    expect(inHand.jobs()).toBe(0);
  });

  it('is not held up by queues that do not answer', async () => {
    const away = (): Promise<never> => Promise.reject(new Error('the store is away'));
    expect(await drain({ quiet: away, queued: away })).toMatchObject({ finished: true, left: { queued: 0 } });
  });
});
