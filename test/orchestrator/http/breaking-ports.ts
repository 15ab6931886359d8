import type { ApiPorts } from '../../../orchestrator/http/api-ports.js';

interface Notes {
  readonly instant: string;
  readonly note: (what: string, ...details: readonly unknown[]) => void;
  readonly noted: (what: string, ...details: readonly unknown[]) => Promise<void>;
}

/** Faults and callbacks as the API's bench answers them. */
export function breakingPorts({ instant, note, noted }: Notes): Pick<ApiPorts, 'callbacks' | 'faults'> {
  const callback = {
    id: 'status/B-1/1',
    block: 'payments',
    operationId: 'batchStatus',
    method: 'POST',
    url: 'http://localhost:4000/cb/run-amina/…/batch-status',
    state: 'delivered',
    sentAt: instant,
    attempts: [{ at: instant, status: 202 }],
    replays: 0,
  } as const;
  return {
    callbacks: {
      list: (_workspace, query) => {
        note('callbacks.list', query);
        return Promise.resolve({ callbacks: [callback], next: 'validation/BANK-A/1' });
      },
      get: () => Promise.resolve({ ...callback, body: { batchId: 'B-1' } }),
      replay: (_workspace, id) => {
        note('callbacks.replay', id);
        return Promise.resolve({ ...callback, state: 'waiting', nextAttempt: instant, replays: 1 });
      },
      keys: () => Promise.resolve([{ id: 'k1', secret: 'a-secret', state: 'current' }]),
      rotateKeys: () =>
        Promise.resolve([
          { id: 'k2', secret: 'a-newer-secret', state: 'current' },
          { id: 'k1', secret: 'a-secret', state: 'retiring', until: instant },
        ]),
    },
    faults: {
      list: () =>
        Promise.resolve([{ id: 'fault-1', block: 'payments', kind: 'outage', seen: 3, hits: 3 }] as const),
      add: (_workspace, block, fault) => {
        note('faults.add', block, fault);
        return Promise.resolve({ ...fault, block, id: 'fault-2', seen: 0, hits: 0 });
      },
      clear: (_workspace, block) => noted('faults.clear', block),
      remove: (_workspace, block, fault) => noted('faults.remove', block, fault),
    },
  };
}
