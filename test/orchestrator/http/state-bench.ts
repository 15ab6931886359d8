import type { StatePorts } from '../../../orchestrator/http/ports/state-ports.js';

/** What a building block keeps, over ports that note what they were asked. */
export function notedState(note: (name: string, ...given: readonly unknown[]) => void): StatePorts {
  const noted = (name: string, ...given: readonly unknown[]): Promise<void> => {
    note(name, ...given);
    return Promise.resolve();
  };
  return {
    collections: () => Promise.resolve([{ name: 'batches', documents: 1 }]),
    list: (_workspace, block, collection, query) => {
      note('state.list', block, collection, query);
      return Promise.resolve({ documents: [{ _id: 'b-1', stage: 'done' }] });
    },
    get: () => Promise.resolve({ doc: { _id: 'b-1', stage: 'done' }, version: 3 }),
    put: async (_workspace, block, collection, { document, version }, by) => {
      await noted('state.put', block, collection, document._id, by.username, version);
      return 4;
    },
    remove: (_workspace, block, collection, { id, version }, by) =>
      noted('state.remove', block, collection, id, by.username, version),
    export: () => Promise.resolve({ batches: [{ _id: 'b-1', stage: 'done' }] }),
    import: (_workspace, block, { replace }, by) => {
      note('state.import', block, replace, by.username);
      return Promise.resolve(1);
    },
    reset: (_workspace, block, by) => noted('state.reset', block, by.username),
  };
}
