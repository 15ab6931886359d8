import { describe, expect, it } from '@jest/globals';
import type { Collection, Document } from '../../../contracts/documents.js';
import { workspaceIdSchema } from '../../../contracts/ids.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createFaults } from '../../../mocks/kit/faults.js';
import { createManualClock, WORKSPACE } from './test-deps.js';

describe('faults', () => {
  it('apply to their workspace, block and operation only', async () => {
    const faults = createFaults({
      documents: createMemoryDocuments(),
      realClock: createManualClock('2025-01-01'),
    });
    await faults.add(WORKSPACE, { id: 'f', block: 'payments', operationId: 'a', kind: 'error' });
    expect(await faults.active(WORKSPACE, 'payments', 'a')).toHaveLength(1);
    expect(await faults.active(WORKSPACE, 'payments', 'b')).toHaveLength(0);
    expect(await faults.active(WORKSPACE, 'consent', 'a')).toHaveLength(0);
    expect(await faults.active(workspaceIdSchema.parse('other'), 'payments', 'a')).toHaveLength(0);
    expect(await faults.remove(WORKSPACE, 'f')).toBe(true);
    expect(await faults.active(WORKSPACE, 'payments', 'a')).toHaveLength(0);
  });

  it('end when they are used up or expired', async () => {
    const realClock = createManualClock('2025-01-01T00:00:00Z');
    const faults = createFaults({ documents: createMemoryDocuments(), realClock });
    await faults.add(WORKSPACE, { id: 'twice', block: 'payments', kind: 'error', times: 2 });
    await faults.add(WORKSPACE, {
      id: 'soon',
      block: 'payments',
      kind: 'latency',
      expiresAt: '2025-01-01T01:00:00Z',
    });
    await faults.used(WORKSPACE, 'twice');
    expect(await faults.active(WORKSPACE, 'payments', 'a')).toHaveLength(2);
    await faults.used(WORKSPACE, 'twice');
    realClock.forward(3_600_000);
    expect(await faults.list(WORKSPACE)).toEqual([]);
  });

  it('are read from the store once, not for every request', async () => {
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
    const faults = createFaults({ documents: counting, realClock: createManualClock('2025-01-01') });
    for (let call = 0; call < 100; call += 1) await faults.active(WORKSPACE, 'payments', 'a');
    expect(reads).toBe(1);
    await faults.clear(WORKSPACE);
    await faults.active(WORKSPACE, 'payments', 'a');
    expect(reads).toBe(2);
  });
});
