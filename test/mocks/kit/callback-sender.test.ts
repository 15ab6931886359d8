import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import type { Callback } from '../../../contracts/block.js';
import { silentLogger } from '../../../contracts/logger.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createCallbackSender } from '../../../mocks/kit/callback-sender.js';
import { createManualClock, WORKSPACE } from './test-deps.js';

const callback: Callback = {
  id: 'c1',
  block: 'payments',
  operationId: 'batchStatus',
  url: 'http://localhost/cb',
  body: { ok: true },
};

function setUp(answers: (number | Error)[]) {
  const documents = createMemoryDocuments();
  const clock = createManualClock('2025-03-01T08:00:00Z');
  const scheduled: number[] = [];
  const delivered: { headers: Readonly<Record<string, string>>; body: string }[] = [];
  const make = () =>
    createCallbackSender({
      documents,
      schedule: async (_workspace, _id, milliseconds) => {
        scheduled.push(milliseconds);
      },
      deliver: async (_url, _method, headers, body) => {
        delivered.push({ headers, body });
        const answer = answers.shift() ?? 200;
        if (answer instanceof Error) throw answer;
        return answer;
      },
      secretOf: () => 'secret',
      realClock: clock,
      logger: silentLogger,
      pauses: [1000, 2000],
    });
  return { make, clock, scheduled, delivered };
}

describe('the callback sender', () => {
  it('stores first, delivers signed, and sends the same id once', async () => {
    const { make, scheduled, delivered } = setUp([]);
    const sender = make();
    await sender.send(WORKSPACE, callback);
    await sender.send(WORKSPACE, callback);
    expect(delivered).toHaveLength(0);
    expect(scheduled).toEqual([0]);
    await sender.deliver(WORKSPACE, 'c1');
    await sender.deliver(WORKSPACE, 'c1');
    expect(delivered).toHaveLength(1);
    const [t, v1] = (delivered[0]?.headers['x-sandbox-signature'] ?? '').split(',');
    const expected = createHmac('sha256', 'secret')
      .update(`${t?.slice(2)}.{"ok":true}`)
      .digest('hex');
    expect(v1).toBe(`v1=${expected}`);
    expect((await sender.list(WORKSPACE))[0]).toMatchObject({
      state: 'delivered',
      attempts: [{ status: 200 }],
    });
  });

  it('tries again with growing pauses, not before they are over, and gives up in the end', async () => {
    const { make, clock, scheduled, delivered } = setUp([500, new Error('refused'), 503]);
    const sender = make();
    await sender.send(WORKSPACE, callback);
    await sender.deliver(WORKSPACE, 'c1');
    await sender.deliver(WORKSPACE, 'c1');
    expect(delivered).toHaveLength(1);
    clock.forward(1000);
    await sender.deliver(WORKSPACE, 'c1');
    clock.forward(2000);
    await sender.deliver(WORKSPACE, 'c1');
    expect(scheduled).toEqual([0, 1000, 2000]);
    const [record] = await sender.list(WORKSPACE);
    expect(record?.state).toBe('given-up');
    expect(record?.attempts.map(({ status, failure }) => status ?? failure)).toEqual([500, 'refused', 503]);
  });

  it('finds after a restart what was stored and never scheduled', async () => {
    const { make, delivered } = setUp([]);
    await make().send(WORKSPACE, callback);
    const restarted = make();
    expect(await restarted.runDue()).toBe(1);
    expect(delivered).toHaveLength(1);
    expect(await restarted.runDue()).toBe(0);
  });

  it('asks again after a restart for an attempt that is still to come', async () => {
    const { make, clock, scheduled, delivered } = setUp([500]);
    const sender = make();
    await sender.send(WORKSPACE, callback);
    await sender.deliver(WORKSPACE, 'c1');
    clock.forward(400);
    scheduled.splice(0);
    const restarted = make();
    expect(await restarted.runDue()).toBe(0);
    expect(scheduled).toEqual([600]);
    clock.forward(600);
    await restarted.deliver(WORKSPACE, 'c1');
    expect(delivered).toHaveLength(2);
  });
});
