import type { Block, BlockId } from '../../contracts/block.js';
import type { BlockState } from '../../contracts/block-state.js';
import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Principal } from '../../contracts/identity.js';
import type { Journal } from '../../contracts/journal.js';
import type { Json } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { streams } from '../../contracts/streams.js';
import type { StateEdited, WorkspaceEvent } from '../../contracts/workspace-event.js';
import type { StatePorts } from '../../orchestrator/http/ports/state-ports.js';

export interface StatePortDeps {
  readonly blocks: ReadonlyMap<BlockId, Block>;
  readonly resetBlock: (workspace: WorkspaceId, block: BlockId) => Promise<void>;
  readonly journal: Pick<Journal, 'append'>;
  readonly clocks: WorkspaceClocks;
  readonly realClock: Clock;
}

/** Joins the API to what the building blocks keep, and notes each change in the workspace's log. */
export function createStatePorts(deps: StatePortDeps): StatePorts {
  const stateOf = (block: BlockId): BlockState => {
    const found = deps.blocks.get(block);
    if (found === undefined)
      throw new SandboxError('GSB-REQ-002', { detail: `There is no building block ${block}.` });
    return found.state;
  };
  const note = async (
    workspace: WorkspaceId,
    { username }: Principal,
    edit: Omit<StateEdited, 'type' | 'by'>,
  ): Promise<void> => {
    const event: WorkspaceEvent = {
      type: 'state.edited',
      ...edit,
      by: username,
      time: deps.clocks.of(workspace).now().toISOString(),
      at: deps.realClock.now().toISOString(),
    };
    await deps.journal.append(streams.log(workspace), 'any', [{ event: event as unknown as Json }]);
  };
  return {
    collections: (workspace, block) => stateOf(block).collections(workspace),
    list: (workspace, block, collection, query) => stateOf(block).list(workspace, collection, query),
    get: async (workspace, block, collection, id) => {
      const found = await stateOf(block).get(workspace, collection, id);
      if (found === undefined) throw noDocument(block, collection, id);
      return found;
    },
    put: async (workspace, block, collection, { document, version }, by) => {
      const written = await stateOf(block).put(workspace, collection, document, version);
      await note(workspace, by, { block, change: 'put', collection, document: document._id });
      return written;
    },
    remove: async (workspace, block, collection, { id, version }, by) => {
      if (!(await stateOf(block).remove(workspace, collection, id, version)))
        throw noDocument(block, collection, id);
      await note(workspace, by, { block, change: 'deleted', collection, document: id });
    },
    export: (workspace, block) => stateOf(block).export(workspace),
    import: async (workspace, block, { collections, replace }, by) => {
      const documents = await stateOf(block).import(workspace, collections, replace);
      await note(workspace, by, { block, change: replace ? 'replaced' : 'imported', documents });
      return documents;
    },
    reset: async (workspace, block, by) => {
      await deps.resetBlock(workspace, block);
      await note(workspace, by, { block, change: 'reset' });
    },
  };
}

function noDocument(block: BlockId, collection: string, id: string): SandboxError {
  return new SandboxError('GSB-REQ-002', { detail: `There is no ${id} in ${collection} of ${block}.` });
}
