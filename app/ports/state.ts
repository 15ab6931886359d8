import type { Block, BlockId } from '../../contracts/block.js';
import type { Clock } from '../../contracts/clock.js';
import type { Digest } from '../../contracts/digest.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import { SandboxError } from '../../contracts/problems.js';
import { streams } from '../../contracts/streams.js';
import type { WorkspaceEvent } from '../../contracts/workspace-event.js';
import type { StatePlace, StatePorts } from '../../orchestrator/http/ports/state-ports.js';
import type { MovableClocks } from '../../orchestrator/workspaces/workspace-clocks.js';

export interface StatePortDeps {
  readonly blocks: ReadonlyMap<BlockId, Block>;
  /** Empties one block and seeds it again. */
  readonly resetBlock: (workspace: WorkspaceId, block: BlockId) => Promise<void>;
  readonly journal: Pick<Journal, 'append'>;
  readonly clocks: Pick<MovableClocks, 'of'>;
  readonly realClock: Clock;
  readonly digest: Digest;
}

type StateEvent = Extract<WorkspaceEvent, { readonly type: `state.${string}` }>;
type Note = StateEvent extends infer E ? (E extends unknown ? Omit<E, 'time' | 'at'> : never) : never;

/** Each change is noted in the workspace's log, without what was written. */
export function createStatePorts(deps: StatePortDeps): StatePorts {
  const blockOf = (id: BlockId): Block => {
    const block = deps.blocks.get(id);
    if (block === undefined) throw new SandboxError('GSB-REQ-002', { detail: `There is no block ${id}.` });
    return block;
  };
  const note = async (workspace: WorkspaceId, event: Note): Promise<void> => {
    const time = deps.clocks.of(workspace).now().toISOString();
    const noted = { ...event, time, at: deps.realClock.now().toISOString() };
    await deps.journal.append(streams.log(workspace), 'any', [{ event: noted }]);
  };
  /** Ids may be identifiers of people: the log is public. */
  const named = ({ block, collection, id }: StatePlace): { document: string } => ({
    document: deps.digest.keyed(`document:${block}/${collection}/${id}`).slice(0, 16),
  });

  return {
    collections: async (workspace, id) => {
      const { title, state } = blockOf(id);
      return { title, collections: await state.collections(workspace) };
    },
    list: (workspace, block, collection, query) => blockOf(block).state.list(workspace, collection, query),
    get: (workspace, { block, collection, id }) => blockOf(block).state.get(workspace, collection, id),
    put: async (workspace, place, { document, version, by }) => {
      const { block, collection, id } = place;
      const written = await blockOf(block).state.put(workspace, collection, id, document, version);
      const type = written.created ? 'state.created' : 'state.changed';
      await note(workspace, { type, block, collection, ...named(place), by: by.username });
      return written;
    },
    remove: async (workspace, place, { version, by }) => {
      const { block, collection, id } = place;
      await blockOf(block).state.remove(workspace, collection, id, version);
      await note(workspace, { type: 'state.removed', block, collection, ...named(place), by: by.username });
    },
    export: (workspace, block) => blockOf(block).state.export(workspace),
    import: async (workspace, block, dump, by) => {
      const imported = await blockOf(block).state.import(workspace, dump);
      await note(workspace, { type: 'state.imported', block, documents: imported, by: by.username });
      return imported;
    },
    reset: async (workspace, block, by) => {
      blockOf(block);
      await deps.resetBlock(workspace, block);
      await note(workspace, { type: 'state.reset', block, by: by.username });
    },
  };
}
