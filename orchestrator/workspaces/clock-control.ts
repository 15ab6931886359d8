import type { Clock } from '../../contracts/clock.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import { isJsonObject, type Json } from '../../contracts/json.js';
import type { Logger } from '../../contracts/logger.js';
import { SandboxError } from '../../contracts/problems.js';
import type { RunLocks } from '../../contracts/run-lock.js';
import { streams } from '../../contracts/streams.js';
import type { WorkspaceEvent } from '../../contracts/workspace-event.js';
import { advance, targetOf, type ClockMove, type DueTimers } from './advance-clock.js';
import type { MovableClocks } from './workspace-clocks.js';

export type ClockChange = ClockMove | { readonly kind: 'freeze' } | { readonly kind: 'unfreeze' };

export interface ClockControl {
  /**
   * Freezes, unfreezes or moves the clock of a workspace; everything that falls due on the way happens before it resolves,
   * to the new instant and the number of timers fired. One change at a time: GSB-REQ-003 for a second one.
   */
  change(
    workspace: WorkspaceId,
    change: ClockChange,
    by: string,
  ): Promise<{ readonly now: string; readonly fired: number }>;
  /** Goes on with the moves that a crash cut short. Call it when the workers are up. */
  resume(): Promise<void>;
  /** Lets a move end at its next step; it stays under way. */
  close(): Promise<void>;
}

export interface ClockControlDeps {
  readonly clocks: MovableClocks;
  readonly timers: DueTimers;
  readonly journal: Journal;
  readonly locks: RunLocks;
  readonly realClock: Clock;
  readonly logger: Logger;
  /** Resolves when the workspace has dealt with what was fired, or when this process is about to end. */
  readonly quiet: (stopped: () => boolean, workspace: WorkspaceId) => Promise<void>;
  /** Lets a while of real time pass, or less when it is told to stop. A timer of the process when absent. */
  readonly pause?: (milliseconds: number, stop: AbortSignal) => Promise<void>;
}

/** How long the lock of a process that was killed is left alone before it is tried again. */
const BUSY_MS = 2_000;

async function processPause(milliseconds: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    stop.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

export function createClockControl(deps: ClockControlDeps): ClockControl {
  const { clocks, timers, journal, realClock, logger } = deps;
  const closing = new AbortController();
  const inHand = new Set<Promise<unknown>>();
  const stopped = (): boolean => closing.signal.aborted;

  const stamp = (
    workspace: WorkspaceId,
    type: 'clock.frozen' | 'clock.unfrozen',
    by: string,
  ): ((at: Date) => WorkspaceEvent) => {
    return (at) => ({ type, by, time: at.toISOString(), at: realClock.now().toISOString() });
  };

  /** Tells the log what is in the clock's document; a crash between the two is made good at the next start. */
  const tell = async (workspace: WorkspaceId, repeated = false): Promise<void> => {
    const event = clocks.untold(workspace);
    if (event === undefined) return;
    const stream = streams.log(workspace);
    const before = repeated ? Math.max((await journal.version(stream)) - RECENT, 0) : 0;
    const recent = repeated ? await journal.read(stream, { after: before }) : [];
    if (!recent.some((record) => isSame(record.event, event)))
      await journal.append(stream, 'any', [{ event: event as unknown as Json }]);
    await clocks.told(workspace);
  };

  /** Ends the move that is under way where it leads to, or where it stands. Resolves to the number of timers fired. */
  const end = async (workspace: WorkspaceId, arrived: boolean): Promise<number> => {
    const move = clocks.underWay(workspace);
    if (move === undefined) return 0;
    const now = clocks.of(workspace).now();
    const target = arrived ? new Date(move.to) : now;
    const at = target > now ? target : now;
    await clocks.end(workspace, at, {
      type: 'clock.moved',
      from: move.from,
      to: at.toISOString(),
      by: move.by,
      fired: move.fired,
      time: at.toISOString(),
      at: realClock.now().toISOString(),
    });
    await tell(workspace);
    await timers.rearm(workspace);
    return move.fired;
  };

  /** Brings the move that is under way to its end, whoever began it. */
  const finish = async (workspace: WorkspaceId): Promise<number> => {
    const quiet = (): Promise<void> => deps.quiet(stopped, workspace);
    const outcome = await advance({ clocks, timers, quiet, stopped }, workspace).catch(
      async (error: unknown) => {
        // It ends where it stands: the clock must not stay between two states.
        await end(workspace, false);
        throw error;
      },
    );
    if (outcome === 'stopped') {
      throw new SandboxError('GSB-REQ-003', {
        detail: 'The sandbox stops; the clock moves on when it is started again.',
      });
    }
    const fired = await end(workspace, outcome === 'arrived');
    if (outcome === 'too-many') {
      throw new SandboxError('GSB-RUN-004', {
        detail: `So much falls due on the way that the clock stopped at ${clocks.of(workspace).now().toISOString()}. Move it in smaller steps.`,
      });
    }
    return fired;
  };

  const apply = async (workspace: WorkspaceId, change: ClockChange, by: string): Promise<number> => {
    await clocks.refresh(workspace);
    await tell(workspace, true);
    // Somebody else's move that a crash cut short comes first: whoever asks now asks from there.
    if (clocks.underWay(workspace) !== undefined) await finish(workspace);
    switch (change.kind) {
      case 'freeze':
        await clocks.freeze(workspace, stamp(workspace, 'clock.frozen', by));
        await tell(workspace);
        return 0;
      case 'unfreeze':
        await clocks.unfreeze(workspace, stamp(workspace, 'clock.unfrozen', by));
        await tell(workspace);
        await timers.rearm(workspace);
        return 0;
      default: {
        const from = clocks.of(workspace).now();
        await clocks.begin(workspace, { to: await targetOf(timers, workspace, change, from), by });
        return finish(workspace);
      }
    }
  };

  const alone = async <T>(workspace: WorkspaceId, work: () => Promise<T>): Promise<T | undefined> => {
    let result: T | undefined;
    const held = deps.locks.withLock(`${workspace}/clock`, async () => {
      result = await work();
    });
    inHand.add(held);
    try {
      if ((await held) === 'busy') return undefined;
    } finally {
      inHand.delete(held);
    }
    return result;
  };

  return {
    change: async (workspace, change, by) => {
      const fired = await alone(workspace, () => apply(workspace, change, by));
      if (fired === undefined) {
        throw new SandboxError('GSB-REQ-003', {
          detail: 'The clock of this workspace is being moved already. Wait until that is done.',
        });
      }
      return { now: clocks.of(workspace).now().toISOString(), fired };
    },
    resume: async () => {
      for (const workspace of clocks.unfinished()) {
        const goOn = async (): Promise<true> => {
          await clocks.refresh(workspace);
          await tell(workspace, true);
          const move = clocks.underWay(workspace);
          if (move === undefined) return true;
          logger.warn({ workspace, ...move }, 'a move of the clock was cut short; it goes on');
          await finish(workspace);
          return true;
        };
        try {
          // Another process is at it, or the one that died still holds the lock until its time runs out.
          while (!stopped() && (await alone(workspace, goOn)) === undefined)
            await (deps.pause ?? processPause)(BUSY_MS, closing.signal);
        } catch (error) {
          if (!stopped()) logger.error({ workspace, err: error }, 'the clock could not be moved on');
        }
      }
    },
    close: async () => {
      closing.abort();
      await Promise.allSettled([...inHand]);
    },
  };
}

/** How far back a repeated event is looked for in the log. */
const RECENT = 50;

function isSame(one: Json, event: WorkspaceEvent): boolean {
  if (!isJsonObject(one)) return false;
  return one['type'] === event.type && one['time'] === event.time && one['at'] === event.at;
}
