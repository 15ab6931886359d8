import type { Clock } from '../../contracts/clock.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import { SandboxError } from '../../contracts/problems.js';
import { streams } from '../../contracts/streams.js';
import type { WorkspaceEvent } from '../../contracts/workspace-event.js';
import { addDuration } from '../engine/index.js';
import type { MovableClocks } from './workspace-clocks.js';

export type ClockMove =
  | { readonly kind: 'by'; readonly duration: string }
  | { readonly kind: 'to'; readonly instant: string }
  | { readonly kind: 'next-timer' };

export interface DueTimers {
  next(
    workspace: WorkspaceId,
    by?: Date,
  ): Promise<{ readonly _id: string; readonly due: string } | undefined>;
  fire(id: string): Promise<void>;
  rearm(workspace: WorkspaceId): Promise<void>;
}

export interface AdvanceClockDeps {
  readonly clocks: MovableClocks;
  readonly timers: DueTimers;
  readonly journal: Journal;
  readonly realClock: Clock;
  /** Resolves when the workspace has dealt with what was fired. */
  readonly quiet: () => Promise<void>;
}

export type AdvanceClock = (
  workspace: WorkspaceId,
  move: ClockMove,
  by: string,
) => Promise<{ readonly now: string; readonly fired: number }>;

/**
 * Moves a workspace's clock forward. On the way it stops at each timer, in order, and waits until what followed
 * has come to rest: a timer set meanwhile for an earlier instant fires in its turn. Time never goes back.
 */
export function createAdvanceClock(deps: AdvanceClockDeps): AdvanceClock {
  return async (workspace, move, by) => {
    const from = deps.clocks.of(workspace).now();
    const target = await targetOf(deps, workspace, move, from);
    let fired = 0;
    for (;;) {
      const timer = await deps.timers.next(workspace, target);
      if (timer === undefined) break;
      const due = new Date(timer.due);
      if (due > deps.clocks.of(workspace).now()) await deps.clocks.set(workspace, due);
      await deps.timers.fire(timer._id);
      fired += 1;
      await deps.quiet();
    }
    if (target > deps.clocks.of(workspace).now()) await deps.clocks.set(workspace, target);
    await deps.timers.rearm(workspace);
    const event: WorkspaceEvent = {
      type: 'clock.moved',
      from: from.toISOString(),
      to: target.toISOString(),
      by,
      time: target.toISOString(),
      at: deps.realClock.now().toISOString(),
    };
    await deps.journal.append(streams.log(workspace), 'any', [{ event: event }]);
    return { now: deps.clocks.of(workspace).now().toISOString(), fired };
  };
}

async function targetOf(
  deps: AdvanceClockDeps,
  workspace: WorkspaceId,
  move: ClockMove,
  from: Date,
): Promise<Date> {
  switch (move.kind) {
    case 'by': {
      const target = addDuration(from, move.duration);
      if (target === undefined || target <= from) {
        throw new SandboxError('GSB-REQ-001', {
          detail: `"${move.duration}" is not a duration to move the clock by. Use ISO 8601, such as P2M or PT6H.`,
        });
      }
      return target;
    }
    case 'to': {
      const target = new Date(move.instant);
      if (target <= from) {
        throw new SandboxError('GSB-REQ-003', {
          detail: `It is ${from.toISOString()} here already, and time does not go back.`,
        });
      }
      return target;
    }
    case 'next-timer': {
      const timer = await deps.timers.next(workspace);
      if (timer === undefined)
        throw new SandboxError('GSB-REQ-003', { detail: 'Nothing waits for a date in this workspace.' });
      const due = new Date(timer.due);
      return due > from ? due : from;
    }
  }
}
