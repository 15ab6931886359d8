import { createHash } from 'node:crypto';
import type { Document, DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Timer } from './timer.js';

/**
 * Timers in the order of their instants: ids that sort as `workspace/instant/timer`. Without it, each step of a clock that is moved
 * over thousands of timers would read them all. It may hold more than there is: whoever reads it looks at the timer, too.
 */
export interface TimerDues {
  add(timers: readonly Timer[]): Promise<void>;
  remove(timer: Timer): Promise<void>;
  /** The first entry of a workspace. */
  first(workspace: WorkspaceId): Promise<Due | undefined>;
  drop(due: Due): Promise<void>;
}

export interface Due extends Document {
  readonly timer: string;
  readonly due: string;
}

export function createTimerDues(documents: DocumentStore): TimerDues {
  const dues = documents.collection<Due>('timer-dues');
  return {
    add: async (timers) => {
      if (timers.length > 0) await dues.insertMany(timers.map(entryOf));
    },
    remove: async (timer) => {
      await dues.delete(entryOf(timer)._id);
    },
    first: async (workspace) => (await dues.find({ idPrefix: `${workspace}/`, limit: 1 }))[0]?.doc,
    drop: async ({ _id }) => {
      await dues.delete(_id);
    },
  };
}

function entryOf({ _id, workspace, due }: Timer): Due {
  // One form for all instants, so that they sort; and no longer than an id may be.
  const name = _id.length <= LONGEST_NAME ? _id : `${_id.slice(0, LONGEST_NAME - 40)}${hashOf(_id)}`;
  return { _id: `${workspace}/${new Date(due).toISOString()}/${name}`, timer: _id, due };
}

const LONGEST_NAME = 320;

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
