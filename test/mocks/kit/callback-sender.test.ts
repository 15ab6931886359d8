import { describe, expect, it } from '@jest/globals';
import type { Callback } from '../../../contracts/block.js';
import { StoreUnavailableError } from '../../../contracts/store-unavailable.js';
import { silentLogger } from '../../../contracts/logger.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import type { FaultRequest } from '../../../contracts/faults.js';
import { createCallbackKeys } from '../../../mocks/kit/callback-keys.js';
import { createCallbackSender } from '../../../mocks/kit/callback-sender.js';
import { isSignedElsewhere, signatureFlaw, signCallback } from '../../../mocks/kit/callback-signature.js';
import { createFaults } from '../../../mocks/kit/faults.js';
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
  const faults = createFaults({ documents, realClock: clock, random: () => 0.5 });
  const breakIt = (fault: FaultRequest) =>
    faults.add(WORKSPACE, { ...fault, id: `f-${fault.kind}`, block: 'payments' });
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
      secretsOf: async () => ['secret'],
      faults,
      realClock: clock,
      logger: silentLogger,
      pauses: [1000, 2000],
    });
  return { make, clock, scheduled, delivered, breakIt };
}

describe('the callback sender', () => {
  it('counts no attempt when a store of our own was away: it is the job that is tried again', async () => {
    const away = new StoreUnavailableError('journal', { cause: new Error('ECONNREFUSED') });
    const { make } = setUp([away, 200]);
    const sender = make();
    await sender.send(WORKSPACE, callback);
    await expect(sender.deliver(WORKSPACE, 'c1')).rejects.toBe(away);
    expect(await sender.get(WORKSPACE, 'c1')).toMatchObject({ state: 'waiting', attempts: [] });
    await sender.deliver(WORKSPACE, 'c1');
    expect(await sender.get(WORKSPACE, 'c1')).toMatchObject({
      state: 'delivered',
      attempts: [{ status: 200 }],
    });
  });

  it('stores first, delivers signed, and sends the same id once', async () => {
    const { make, clock, scheduled, delivered } = setUp([]);
    const sender = make();
    await sender.send(WORKSPACE, callback);
    await sender.send(WORKSPACE, callback);
    expect(delivered).toHaveLength(0);
    expect(scheduled).toEqual([0]);
    await sender.deliver(WORKSPACE, 'c1');
    await sender.deliver(WORKSPACE, 'c1');
    expect(delivered).toHaveLength(1);
    const { headers, body } = delivered[0]!;
    const given = { signature: headers['x-sandbox-signature'] ?? '', body, now: clock.now() };
    expect(signatureFlaw(['secret'], given)).toBeUndefined();
    expect((await sender.list(WORKSPACE)).records[0]).toMatchObject({
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
    const [record] = (await sender.list(WORKSPACE)).records;
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

describe('a callback that is delivered again', () => {
  it('has the same id and body under a fresh signature, and pauses of its own', async () => {
    const { make, clock, scheduled, delivered } = setUp([200, 500]);
    const sender = make();
    await sender.send(WORKSPACE, callback);
    await sender.deliver(WORKSPACE, 'c1');
    clock.forward(60_000);
    expect(await sender.replay(WORKSPACE, 'c1')).toMatchObject({ state: 'waiting', replays: 1 });
    await sender.deliver(WORKSPACE, 'c1');
    expect(scheduled).toEqual([0, 0, 1000]);
    clock.forward(1000);
    await sender.deliver(WORKSPACE, 'c1');
    expect(new Set(delivered.map(({ body }) => body)).size).toBe(1);
    expect(new Set(delivered.map(({ headers }) => headers['idempotency-key']))).toEqual(new Set(['c1']));
    expect(new Set(delivered.map(({ headers }) => headers['x-sandbox-signature'])).size).toBe(3);
    expect(await sender.get(WORKSPACE, 'c1')).toMatchObject({
      state: 'delivered',
      attempts: [{ status: 200 }, { status: 500 }, { status: 200 }],
    });
    expect(await sender.replay(WORKSPACE, 'c2')).toBeUndefined();
  });

  it('is not forgotten when it was asked for while an attempt was under way', async () => {
    const { make, scheduled, delivered } = setUp([]);
    const sender = make();
    await sender.send(WORKSPACE, callback);
    const underWay = sender.deliver(WORKSPACE, 'c1');
    await sender.replay(WORKSPACE, 'c1');
    await underWay;
    expect((await sender.get(WORKSPACE, 'c1'))?.state).toBe('waiting');
    expect(scheduled.length).toBeGreaterThanOrEqual(2);
    await sender.deliver(WORKSPACE, 'c1');
    expect(delivered).toHaveLength(2);
  });
});

describe('the list of callbacks', () => {
  it('is read page by page, newest first, by block and state', async () => {
    const { make, clock } = setUp([500]);
    const sender = make();
    for (const [index, block] of (['payments', 'scheduler', 'payments'] as const).entries()) {
      await sender.send(WORKSPACE, { ...callback, id: `c${index}`, block });
      clock.forward(1000);
    }
    await sender.deliver(WORKSPACE, 'c0');
    await sender.deliver(WORKSPACE, 'c1');
    const idsOf = async (query: object) => {
      const { records, next } = await sender.list(WORKSPACE, { limit: 10, ...query });
      return [...records.map(({ callbackId }) => callbackId), next];
    };
    expect(await idsOf({})).toEqual(['c2', 'c1', 'c0', undefined]);
    expect(await idsOf({ limit: 2 })).toEqual(['c2', 'c1', 'c1']);
    expect(await idsOf({ limit: 2, after: 'c1' })).toEqual(['c0', undefined]);
    expect(await idsOf({ block: 'payments' })).toEqual(['c2', 'c0', undefined]);
    expect(await idsOf({ state: 'delivered' })).toEqual(['c1', undefined]);
  });
});

describe('faults of callbacks', () => {
  it('lose a callback, which the block believes delivered, until it is replayed', async () => {
    const { make, delivered, scheduled, breakIt } = setUp([]);
    const sender = make();
    await breakIt({ kind: 'lost-callbacks', operationId: 'batchStatus', times: 1 });
    await sender.send(WORKSPACE, callback);
    await sender.send(WORKSPACE, callback);
    await sender.send(WORKSPACE, { ...callback, id: 'c2' });
    await sender.deliver(WORKSPACE, 'c1');
    await sender.deliver(WORKSPACE, 'c2');
    expect(delivered.map(({ headers }) => headers['x-sandbox-callback-id'])).toEqual(['c2']);
    expect(scheduled).toEqual([0]);
    expect(await sender.get(WORKSPACE, 'c1')).toMatchObject({ state: 'lost' });
    await sender.replay(WORKSPACE, 'c1');
    await sender.deliver(WORKSPACE, 'c1');
    expect(delivered).toHaveLength(2);
  });

  it('deliver one again and again', async () => {
    const { make, delivered, breakIt } = setUp([]);
    const sender = make();
    await breakIt({ kind: 'duplicate-callbacks', copies: 2 });
    await sender.send(WORKSPACE, callback);
    for (let call = 0; call < 5; call += 1) await sender.deliver(WORKSPACE, 'c1');
    expect(delivered).toHaveLength(3);
    expect(new Set(delivered.map(({ body }) => body)).size).toBe(1);
    expect((await sender.get(WORKSPACE, 'c1'))?.state).toBe('delivered');
  });

  it('hold one back, so that the next overtakes it', async () => {
    const { make, clock, delivered, scheduled, breakIt } = setUp([]);
    const sender = make();
    await breakIt({ kind: 'out-of-order-callbacks', times: 1, milliseconds: 3000 });
    for (const id of ['c1', 'c2']) await sender.send(WORKSPACE, { ...callback, id });
    expect(scheduled).toEqual([3000, 0]);
    const both = async () => {
      for (const id of ['c1', 'c2']) await sender.deliver(WORKSPACE, id);
    };
    await both();
    clock.forward(3000);
    await both();
    expect(delivered.map(({ headers }) => headers['x-sandbox-callback-id'])).toEqual(['c2', 'c1']);
  });
});

describe('signatures', () => {
  const at = new Date('2025-03-01T08:00:00Z');

  it('prove nothing with another body, another key, or too late', () => {
    const signature = signCallback(['one'], at, '{}');
    expect(signatureFlaw(['one'], { signature, body: '{}', now: at })).toBeUndefined();
    expect(signatureFlaw(['one'], { signature, body: '{ }', now: at })).toContain('none of the keys');
    expect(signatureFlaw(['two'], { signature, body: '{}', now: at })).toContain('none of the keys');
    const late = new Date(at.getTime() + 301_000);
    expect(signatureFlaw(['one'], { signature, body: '{}', now: late })).toContain('seconds ago');
    expect(signatureFlaw(['one'], { signature: 'v1=ab', body: '{}', now: at })).toContain('t=<unix');
  });

  it('tell when another installation made them', () => {
    const signature = signCallback(['one', 'before'], at, '{}');
    expect(isSignedElsewhere(['two'], signature)).toBe(true);
    expect(isSignedElsewhere(['two', 'before'], signature)).toBe(false);
    expect(isSignedElsewhere(['two'], 't=1,v1=ab')).toBe(false);
  });

  it('fit the old and the new key for a day after a rotation', async () => {
    const clock = createManualClock('2025-03-01T08:00:00Z');
    const digest = { sha256: (text: string) => text, keyed: (text: string) => `secret of ${text}` };
    const keys = createCallbackKeys({ documents: createMemoryDocuments(), digest, realClock: clock });
    const secrets = async () => (await keys.list(WORKSPACE)).map(({ secret }) => secret);
    const before = await secrets();
    expect(before).toHaveLength(1);
    await keys.rotate(WORKSPACE);
    const during = await secrets();
    expect(during).toEqual([during[0], before[0]]);
    const signature = signCallback(during, clock.now(), '{}');
    for (const known of [before, [during[0]!]])
      expect(signatureFlaw(known, { signature, body: '{}', now: clock.now() })).toBeUndefined();
    clock.forward(24 * 3_600_000);
    expect(await secrets()).toEqual([during[0]]);
    expect((await keys.rotate(WORKSPACE)).map(({ id }) => id)).toEqual(['k3', 'k2']);
  });
});
