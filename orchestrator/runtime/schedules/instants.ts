import cronParser from 'cron-parser';
import { SandboxError } from '../../../contracts/problems.js';
import type { DurationValue, Schedule } from '../../../contracts/workflow.js';
import { addDuration } from '../../engine/index.js';

/** When a schedule of `every` or `cron` falls due, as instants of the workspace clock. */
export interface Instants {
  /** The first one behind `instant`; undefined when there is none any more. */
  after(instant: Date): Date | undefined;
  /** The last one up to `instant`; undefined when there was none since the schedule began. */
  upTo(instant: Date): Date | undefined;
}

/**
 * Instants are counted from where the schedule began, not from each other: every month from 31 January is the last day of
 * February, then 31 March. Undefined for a schedule of another kind; GSB-DEF-001 for what cannot be kept.
 */
export function instantsOf({ every, cron }: Schedule, began: Date): Instants | undefined {
  if (every !== undefined) return intervals(every, began);
  if (cron !== undefined) return cronInstants(cron, began);
  return undefined;
}

function intervals(every: DurationValue, began: Date): Instants {
  const at = (turn: number): Date => addDuration(began, times(every, turn)) ?? began;
  const length = at(1).getTime() - began.getTime();
  if (!(length > 0)) {
    throw new SandboxError('GSB-DEF-001', {
      detail: `schedule.every: ${JSON.stringify(every)} is not a duration of some length, such as P1W or {hours: 6}.`,
    });
  }
  /** How many have fallen due up to an instant: guessed by the first one's length, then made exact. */
  const count = (instant: Date): number => {
    let turn = Math.max(Math.floor((instant.getTime() - began.getTime()) / length), 0);
    while (turn > 0 && at(turn) > instant) turn -= 1;
    while (at(turn + 1) <= instant) turn += 1;
    return turn;
  };
  return {
    after: (instant) => at(count(instant) + 1),
    upTo: (instant) => {
      const turn = count(instant);
      return turn < 1 ? undefined : at(turn);
    },
  };
}

/** A duration so many times over. Its parts stay parts: two months are not sixty days. */
function times(duration: DurationValue, turn: number): DurationValue {
  if (typeof duration === 'string')
    return duration.replace(/\d+(?:\.\d+)?/g, (digits) => exact(Number(digits) * turn));
  return Object.fromEntries(Object.entries(duration).map(([part, value]) => [part, Number(value) * turn]));
}

function exact(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}

const ZONE = /^(?:CRON_TZ|TZ)=(\S+)\s+/;

/**
 * Five fields (minute, hour, day of month, month, day of week), in UTC unless the text begins with a zone:
 * `CRON_TZ=Africa/Nairobi 0 8 * * 1`.
 */
function cronInstants(cron: string, began: Date): Instants {
  const zone = ZONE.exec(cron);
  const fields = cron.replace(ZONE, '').trim();
  if (fields.split(/\s+/).length !== 5) {
    throw new SandboxError('GSB-DEF-001', {
      detail: `schedule.cron: "${cron}" needs five fields: minute, hour, day of month, month, day of week.`,
    });
  }
  const from = (instant: Date): ReturnType<typeof cronParser.CronExpressionParser.parse> =>
    cronParser.CronExpressionParser.parse(fields, { currentDate: instant, tz: zone?.[1] ?? 'UTC' });
  try {
    from(began).next();
  } catch (cause) {
    throw new SandboxError('GSB-DEF-001', {
      detail: `schedule.cron: "${cron}": ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    });
  }
  return {
    after: (instant) => {
      try {
        return from(instant).next().toDate();
      } catch {
        return undefined;
      }
    },
    upTo: (instant) => {
      try {
        // The parser looks for what lies strictly before.
        const last = from(new Date(instant.getTime() + 1))
          .prev()
          .toDate();
        return last > began ? last : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
