import { setTimeout as pause } from 'node:timers/promises';
import type { Access } from '../../cli/access.js';
import type { Chance } from '../../cli/cohort/random.js';
import { readEvents } from '../../cli/live/server-sent-events.js';
import type { RunEvent } from '../../contracts/run-event.js';
import type { SandboxProcess } from './sandbox-process.js';

/** One kill: so long after the n-th such event of a task, in real milliseconds. */
export interface Kill {
  readonly type: 'task.started' | 'task.completed';
  readonly task: string;
  readonly nth?: number;
  readonly after: readonly [least: number, most: number];
}

export interface Killing {
  /** What was done, in order: "sendBatch started, 120 ms later". */
  readonly done: readonly string[];
  /** Ends the watching; throws when a restart failed. */
  stop(): Promise<void>;
}

/**
 * Follows the sandbox's own event stream, and kills and restarts the process when the next moment of the plan has
 * come. The stream's cursor outlives the kills, so no moment is missed while the process is down.
 */
export function followPlan(
  sandbox: SandboxProcess,
  access: Access,
  trainer: string,
  plan: readonly Kill[],
  chance: Chance,
): Killing {
  const abort = new AbortController();
  const left = [...plan];
  const done: string[] = [];
  let seen = 0;
  let cursor = '';

  const consider = async (event: RunEvent): Promise<boolean> => {
    const [next] = left;
    if (next === undefined || event.type !== next.type || event.name !== next.task) return false;
    seen += 1;
    if (seen < (next.nth ?? 1)) return false;
    left.shift();
    seen = 0;
    const wait = chance.whole(...next.after);
    await pause(wait);
    await sandbox.kill();
    done.push(`${next.task} ${next.type.slice('task.'.length)}, ${wait} ms later`);
    await sandbox.start();
    return true;
  };

  const follow = async (): Promise<void> => {
    const from = cursor === '' ? '' : `?after=${cursor}`;
    const stream = await access.as(trainer).stream(`/stream${from}`, abort.signal);
    try {
      for await (const { id, data } of readEvents(stream)) {
        if (id !== '') cursor = id;
        const { stream: name, event } = JSON.parse(data) as { stream: string; event: RunEvent };
        if (name.startsWith('run/') && (await consider(event))) return;
      }
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('The sandbox ended')) throw error;
    }
  };

  let failure: unknown;
  const following = (async () => {
    while (left.length > 0 && !abort.signal.aborted) await follow();
  })().catch((error: unknown) => {
    if (!abort.signal.aborted) failure = error;
  });

  return {
    done,
    stop: async () => {
      abort.abort();
      await following;
      if (failure !== undefined) throw failure instanceof Error ? failure : new Error('killing failed');
    },
  };
}
