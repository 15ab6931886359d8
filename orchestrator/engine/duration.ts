import type { DurationValue } from '../../contracts/workflow.js';

interface DurationParts {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly milliseconds: number;
}

const iso =
  /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?!$)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?(?:(\d+)MS)?)?$/;

/** Parses a duration; undefined when it is none. Years and months stay apart: they have no fixed length. */
function parseDuration(value: DurationValue): DurationParts | undefined {
  if (typeof value !== 'string') {
    const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 } = value;
    return {
      years: 0,
      months: 0,
      days,
      milliseconds: ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds,
    };
  }
  const match = iso.exec(value);
  if (match === null) return undefined;
  const part = (index: number): number => Number(match[index] ?? 0);
  return {
    years: part(1),
    months: part(2),
    days: part(3) * 7 + part(4),
    milliseconds: ((part(5) * 60 + part(6)) * 60 + part(7)) * 1000 + part(8),
  };
}

/**
 * The instant a duration after `start`, by the UTC calendar: two months after 31 December is the last day of
 * February. Undefined when `value` is no duration.
 */
export function addDuration(start: Date, value: DurationValue): Date | undefined {
  const parts = parseDuration(value);
  if (parts === undefined) return undefined;
  const months = parts.years * 12 + parts.months;
  const moved = new Date(start);
  if (months > 0) {
    const day = moved.getUTCDate();
    moved.setUTCDate(1);
    moved.setUTCMonth(moved.getUTCMonth() + months);
    const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
    moved.setUTCDate(Math.min(day, lastDay));
  }
  moved.setTime(moved.getTime() + parts.days * 86_400_000 + parts.milliseconds);
  return moved;
}
