import type { BlockId } from '../../contracts/block.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { SharedOrder } from '../../contracts/shared-order.js';
import { createMutex } from './mutex.js';

/** Runs what changes a workspace's documents one piece after the other. */
export interface BlockOrder {
  run<T>(workspace: WorkspaceId, work: () => Promise<T>): Promise<T>;
}

export interface BlockOrderDeps {
  readonly block: BlockId;
  /** With other processes; without it, within this one. */
  readonly shared: SharedOrder | undefined;
  /** Another process may have changed the documents: what is remembered of them is forgotten. */
  readonly forget: (workspace: WorkspaceId) => void;
  /** Leaves nothing open that another process would do again. */
  readonly settle: (workspace: WorkspaceId) => Promise<void>;
}

/** After so many pieces of work others get their turn, however many wait here. */
const PIECES_PER_TURN = 100;

interface Piece {
  run(): Promise<void>;
  fail(error: unknown): void;
}

export function createBlockOrder({ block, shared, forget, settle }: BlockOrderDeps): BlockOrder {
  if (shared === undefined) return createMutex();
  const waiting = new Map<WorkspaceId, Piece[]>();

  /** One turn carries what has gathered, so that many requests at once cost little more than one. */
  async function takeTurns(order: SharedOrder, workspace: WorkspaceId, pieces: Piece[]): Promise<void> {
    while (pieces.length > 0) {
      try {
        await order.take(`${workspace}/${block}`, async (passed) => {
          if (passed) forget(workspace);
          for (let done = 0; done < PIECES_PER_TURN; done += 1) {
            const piece = pieces.shift();
            if (piece === undefined) break;
            await piece.run();
          }
          await settle(workspace).catch((error: unknown) => {
            // It stays open in the store, and is finished before anything else is done.
            forget(workspace);
            throw error;
          });
        });
      } catch (error) {
        for (const piece of pieces.splice(0)) piece.fail(error);
      }
    }
    waiting.delete(workspace);
  }

  return {
    run: (workspace, work) =>
      new Promise((resolve, reject) => {
        const piece: Piece = { run: () => work().then(resolve, reject), fail: reject };
        const pieces = waiting.get(workspace);
        if (pieces !== undefined) {
          pieces.push(piece);
          return;
        }
        const begun = [piece];
        waiting.set(workspace, begun);
        void takeTurns(shared, workspace, begun);
      }),
  };
}
