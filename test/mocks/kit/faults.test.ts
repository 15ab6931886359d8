import { describe, expect, it } from '@jest/globals';
import type { FaultTarget } from '../../../contracts/block.js';
import type { Collection, Document } from '../../../contracts/documents.js';
import { workspaceIdSchema } from '../../../contracts/ids.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createFaults, type FaultBoard } from '../../../mocks/kit/faults.js';
import { createManualClock, WORKSPACE } from './test-deps.js';

const request = (operationId = 'a', more: Partial<FaultTarget> = {}): FaultTarget => ({
  what: 'request',
  block: 'payments',
  operationId,
  ...more,
});
const board = (
  documents = createMemoryDocuments(),
  realClock = createManualClock('2025-01-01T00:00:00Z'),
): FaultBoard => createFaults({ documents, realClock, random: () => 0.5 });
const struck = async (faults: FaultBoard, target = request()): Promise<number> =>
  (await faults.strike(WORKSPACE, target)).length;

describe('faults', () => {
  it('apply to their workspace, block and operation only', async () => {
    const faults = board();
    await faults.add(WORKSPACE, { id: 'f', block: 'payments', operationId: 'a', kind: 'error' });
    expect(await struck(faults)).toBe(1);
    expect(await struck(faults, request('b'))).toBe(0);
    expect(await struck(faults, request('a', { block: 'consent' }))).toBe(0);
    expect(await struck(faults, request('a', { what: 'callback' }))).toBe(0);
    expect(await faults.strike(workspaceIdSchema.parse('other'), request())).toHaveLength(0);
    expect(await faults.remove(WORKSPACE, 'consent', 'f')).toBe(false);
    expect(await faults.remove(WORKSPACE, 'payments', 'f')).toBe(true);
    expect(await struck(faults)).toBe(0);
  });

  it('apply to one client, or leave windows into the block alone, when told so', async () => {
    const faults = board();
    await faults.add(WORKSPACE, { id: 'f', block: 'payments', client: 'A/B/C/D', kind: 'error' });
    expect(await struck(faults, request('a', { client: 'A/B/C/D' }))).toBe(1);
    expect(await struck(faults, request('a', { client: 'A/B/C/E' }))).toBe(0);
    expect(await struck(faults)).toBe(0);
    expect(await struck(faults, request('a', { client: 'A/B/C/D', named: true }))).toBe(0);
  });

  it('end when they are used up or expired, and tell how often they struck', async () => {
    const realClock = createManualClock('2025-01-01T00:00:00Z');
    const faults = board(createMemoryDocuments(), realClock);
    await faults.add(WORKSPACE, { id: 'twice', block: 'payments', kind: 'error', times: 2 });
    await faults.add(WORKSPACE, {
      id: 'soon',
      block: 'payments',
      kind: 'latency',
      milliseconds: 5,
      expiresAt: '2025-01-01T01:00:00Z',
    });
    expect(await struck(faults)).toBe(2);
    expect(await faults.list(WORKSPACE)).toMatchObject([
      { id: 'soon', hits: 1, seen: 1 },
      { id: 'twice', hits: 1, seen: 1 },
    ]);
    expect(await struck(faults)).toBe(2);
    expect(await struck(faults)).toBe(1);
    realClock.forward(3_600_000);
    expect(await faults.list(WORKSPACE)).toEqual([]);
    expect(await struck(faults)).toBe(0);
  });

  it('strike exactly so many of the requests that come at once', async () => {
    const faults = board();
    await faults.add(WORKSPACE, { id: 'f', block: 'payments', kind: 'error', times: 3 });
    const hits = await Promise.all(Array.from({ length: 20 }, () => struck(faults)));
    expect(hits.filter((hit) => hit === 1)).toHaveLength(3);
  });

  it('strike the same requests in every repetition when they have a seed', async () => {
    const play = async (seed: number): Promise<string> => {
      const faults = board();
      await faults.add(WORKSPACE, { id: 'f', block: 'payments', kind: 'error', probability: 0.3, seed });
      let row = '';
      for (let count = 0; count < 60; count += 1) row += (await struck(faults)) > 0 ? 'x' : '.';
      return row;
    };
    const [first, again, other] = [await play(7), await play(7), await play(8)];
    expect(first).toBe(again);
    expect(first).not.toBe(other);
    const hits = first.split('x').length - 1;
    expect(hits).toBeGreaterThan(8);
    expect(hits).toBeLessThan(32);
  });

  it('are asked of chance when they have a probability and no seed', async () => {
    const faults = board();
    await faults.add(WORKSPACE, { id: 'rare', block: 'payments', kind: 'error', probability: 0.4 });
    await faults.add(WORKSPACE, { id: 'often', block: 'payments', kind: 'error', probability: 0.6 });
    const strikes = await faults.strike(WORKSPACE, request());
    expect(strikes.map(({ fault }) => fault.id)).toEqual(['often']);
  });

  it('are read from the store once in a while, not for every request', async () => {
    const documents = createMemoryDocuments();
    let reads = 0;
    const counting = {
      ...documents,
      collection<T extends Document>(name: string, indexes?: readonly string[]): Collection<T> {
        const real = documents.collection<T>(name, indexes);
        const find: typeof real.find = (options) => {
          reads += 1;
          return real.find(options);
        };
        return { ...real, find };
      },
    };
    const faults = board(counting);
    for (let call = 0; call < 100; call += 1) await struck(faults);
    expect(reads).toBe(1);
    await faults.clear(WORKSPACE);
    await struck(faults);
    expect(reads).toBe(2);
  });

  it('reach other processes within a second, both when they come and when they go', async () => {
    const documents = createMemoryDocuments();
    const realClock = createManualClock('2025-01-01T00:00:00Z');
    const [here, there] = [board(documents, realClock), board(documents, realClock)];
    expect(await struck(there)).toBe(0);
    await here.add(WORKSPACE, { id: 'f', block: 'payments', kind: 'error', times: 2 });
    realClock.forward(999);
    expect([await struck(there), await struck(here), await struck(there)]).toEqual([1, 1, 0]);
    await here.add(WORKSPACE, { id: 'g', block: 'payments', kind: 'error' });
    realClock.forward(999);
    expect(await struck(there)).toBe(1);
    await here.clear(WORKSPACE, 'payments');
    realClock.forward(999);
    expect(await struck(there)).toBe(0);
  });
});
