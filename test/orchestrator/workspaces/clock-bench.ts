import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import { textOf } from '../../../contracts/json.js';
import type { JournalRecord } from '../../../contracts/journal.js';
import { silentLogger } from '../../../contracts/logger.js';
import type { RunLocks } from '../../../contracts/run-lock.js';
import { streams } from '../../../contracts/streams.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { createMemoryQueues } from '../../../infra/memory/memory-queues.js';
import { createLocalLocks } from '../../../orchestrator/runtime/local-locks.js';
import { createTimers, type Timer, type Timers } from '../../../orchestrator/runtime/timers.js';
import { createClockControl, type ClockControl } from '../../../orchestrator/workspaces/clock-control.js';
import {
  createWorkspaceClocks,
  type MovableClocks,
} from '../../../orchestrator/workspaces/workspace-clocks.js';

export const START = '2026-01-05T09:00:00.000Z';

export interface ClockBench {
  readonly clocks: MovableClocks;
  readonly timers: Timers;
  readonly control: ClockControl;
  /** What was fired and when on the workspace clock: `name@instant`. */
  readonly fired: string[];
  /** Delayed alarms that were asked for, as timer ids. */
  readonly alarms: { readonly id: string; readonly delayMs: number }[];
  readonly real: { milliseconds: number };
  set(name: string, due: string): Promise<void>;
  now(): string;
  log(): Promise<readonly JournalRecord['event'][]>;
  readonly kept: Kept;
}

export interface Kept {
  readonly documents: ReturnType<typeof createMemoryDocuments>;
  readonly journal: ReturnType<typeof createMemoryJournal>;
}

/** The clock of one workspace with real timers; what fires is written down, and `onFire` may do more. */
export async function createClockBench(
  options: {
    readonly onFire?: (timer: Timer, bench: ClockBench) => Promise<void> | void;
    readonly quiet?: (stopped: () => boolean) => Promise<void>;
    readonly kept?: Kept;
    readonly locks?: RunLocks;
    readonly real?: { milliseconds: number };
    readonly pause?: () => Promise<void>;
  } = {},
): Promise<ClockBench> {
  const kept = options.kept ?? { documents: createMemoryDocuments(), journal: createMemoryJournal() };
  const real = options.real ?? { milliseconds: Date.parse(START) };
  const realClock = { now: () => new Date(real.milliseconds) };
  const clocks = await createWorkspaceClocks(kept.documents, realClock);
  const fired: string[] = [];
  const alarms: { id: string; delayMs: number }[] = [];
  const queue = createMemoryQueues().queue('timers');
  const timers = createTimers({
    documents: kept.documents,
    clocks,
    realClock,
    queue: {
      ...queue,
      enqueue: (_name, data, { delayMs = 0 } = {}) => {
        alarms.push({ id: textOf(data['id']), delayMs });
        return Promise.resolve();
      },
      enqueueMany: (jobs) => {
        for (const { data, options: { delayMs = 0 } = {} } of jobs)
          alarms.push({ id: textOf(data['id']), delayMs });
        return Promise.resolve();
      },
    },
    fire: async (timer) => {
      fired.push(`${timer._id.split('/')[1]!}@${clocks.of(DEFAULT_WORKSPACE).now().toISOString()}`);
      await options.onFire?.(timer, bench);
    },
  });
  const bench: ClockBench = {
    clocks,
    timers,
    fired,
    alarms,
    real,
    kept,
    control: createClockControl({
      clocks,
      timers,
      journal: kept.journal,
      locks: options.locks ?? createLocalLocks(),
      realClock,
      logger: silentLogger,
      quiet: options.quiet ?? (() => Promise.resolve()),
      ...(options.pause === undefined ? {} : { pause: options.pause }),
    }),
    set: (name, due) =>
      timers.set({
        _id: `${DEFAULT_WORKSPACE}/${name}`,
        workspace: DEFAULT_WORKSPACE,
        due,
        target: { kind: 'run', run: 'run-1', key: name },
      }),
    now: () => clocks.of(DEFAULT_WORKSPACE).now().toISOString(),
    log: async () => (await kept.journal.read(streams.log(DEFAULT_WORKSPACE))).map(({ event }) => event),
  };
  return bench;
}
