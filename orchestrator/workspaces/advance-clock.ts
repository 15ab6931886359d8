import type { WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
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

export interface AdvanceDeps {
  readonly clocks: MovableClocks;
  readonly timers: DueTimers;
  /** Resolves when the workspace has dealt with what was fired. */
  readonly quiet: () => Promise<void>;
  /** True when this process is about to end: the move stays under way, for the next start. */
  readonly stopped: () => boolean;
}

/** More than any training needs; a schedule of every second moved by a year would never come to an end. */
const MOST_TIMERS = 100_000;

/**
 * Brings the move that is under way to its target. On the way the clock stops at each timer, in order of instants and then
 * of ids, and stands there until what followed has come to rest: a timer set meanwhile for an earlier instant
 * fires in its turn. What was done is durable step by step, so that the next process can go on after a crash.
 * Resolves to `arrived`, `stopped`, `reset` (the workspace was emptied meanwhile) or `too-many`.
 */
export async function advance(
  deps: AdvanceDeps,
  workspace: WorkspaceId,
): Promise<'arrived' | 'stopped' | 'reset' | 'too-many'> {
  const { clocks, timers } = deps;
  let fired = clocks.underWay(workspace)?.fired ?? 0;
  const most = fired + MOST_TIMERS;
  for (;;) {
    // First of all: what is in hand still belongs to the instant at which the clock stands.
    await deps.quiet();
    if (deps.stopped()) return 'stopped';
    const move = clocks.underWay(workspace);
    if (move === undefined) return 'reset';
    const timer = await timers.next(workspace, new Date(move.to));
    if (timer === undefined) return 'arrived';
    if (fired >= most) return 'too-many';
    const due = new Date(timer.due);
    const now = clocks.of(workspace).now();
    await clocks.step(workspace, due > now ? due : now, fired);
    await timers.fire(timer._id);
    fired += 1;
    await clocks.step(workspace, clocks.of(workspace).now(), fired);
  }
}

/** Where a move leads to. GSB-REQ-001 for what is no duration or instant, GSB-REQ-003 for the past and for waiting in vain. */
export async function targetOf(
  timers: Pick<DueTimers, 'next'>,
  workspace: WorkspaceId,
  move: ClockMove,
  from: Date,
): Promise<Date> {
  switch (move.kind) {
    case 'by': {
      const target = addDuration(from, move.duration);
      if (target === undefined || !(target > from)) {
        throw new SandboxError('GSB-REQ-001', {
          detail: `by: "${move.duration}" is not a duration to move the clock by. Use ISO 8601, such as P2M or PT6H.`,
        });
      }
      return withinReach(target, 'by');
    }
    case 'to': {
      const target = new Date(move.instant);
      if (!(target > from)) {
        throw new SandboxError('GSB-REQ-003', {
          detail: `It is ${from.toISOString()} here already, and time does not go back.`,
        });
      }
      return withinReach(target, 'to');
    }
    case 'next-timer': {
      const timer = await timers.next(workspace);
      if (timer === undefined)
        throw new SandboxError('GSB-REQ-003', { detail: 'Nothing waits for a date in this workspace.' });
      const due = new Date(timer.due);
      return due > from ? due : from;
    }
  }
}

/** ISO instants have four digits for the year; behind that nothing compares as it should. */
const LAST_YEAR = 9999;

function withinReach(target: Date, field: string): Date {
  if (target.getUTCFullYear() <= LAST_YEAR) return target;
  throw new SandboxError('GSB-REQ-001', {
    detail: `${field}: the clock goes no further than the year 9999.`,
  });
}
