import type { Json } from '../../../contracts/json.js';
import { Fallback, failure } from '../compiled/signals.js';
import { getKey } from '../compiled/values.js';
import { single, type Run } from '../compiled/run.js';
import { ofArgument, ofInput, type BuiltinGroup } from './builtin.js';

/** The variable that carries the workspace's instant, in seconds since 1970. */
export const clockVariable = '__now';

/** What `now` says when nobody handed an instant in; the same words on both evaluators. */
export const noClock = 'now is not available here: the caller gave no instant';

/** Instants as seconds since 1970 in UTC. Formats and texts beyond the plain ones go to the reference. */
export const dateBuiltins: BuiltinGroup = {
  'now/0': () =>
    single((_input, { run }) => {
      const instant = getKey(run.variables, clockVariable);
      if (typeof instant !== 'number') throw failure(() => noClock);
      return instant;
    }),
  'todate/0': ofInput((_run, input) => format(input, '%Y-%m-%dT%H:%M:%SZ')),
  'todateiso8601/0': ofInput((_run, input) => format(input, '%Y-%m-%dT%H:%M:%SZ')),
  'strftime/1': ofArgument((_run, input, pattern) => format(input, pattern)),
  'fromdate/0': ofInput(parseDate),
  'fromdateiso8601/0': ofInput(parseDate),
};

/** Ends of the ISO text `YYYY-MM-DDTHH:MM:SS.sssZ` that each directive stands for. */
const directives: Readonly<Record<string, readonly [from: number, to: number]>> = {
  Y: [0, 4],
  m: [5, 7],
  d: [8, 10],
  H: [11, 13],
  M: [14, 16],
  S: [17, 19],
};

function format(input: Json, pattern: Json): Json {
  if (typeof input !== 'number' || input < 0 || input > 253_402_300_799)
    throw new Fallback('an unusual instant');
  if (typeof pattern !== 'string' || !/^(?:[-:/. TZ]|%[YmdHMS])+$/.test(pattern))
    throw new Fallback('this date format');
  const iso = new Date(Math.floor(input) * 1000).toISOString();
  return pattern.replace(/%(.)/g, (directive, letter: string) => {
    const place = directives[letter];
    return place === undefined ? directive : iso.slice(place[0], place[1]);
  });
}

function parseDate(_run: Run, input: Json): Json {
  if (typeof input !== 'string' || !/^(?:19[7-9]|[2-9]\d\d)\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(input)) {
    throw new Fallback('an unusual date');
  }
  const instant = Date.parse(input);
  // A day such as 30 February is moved by both languages, but not alike.
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 19) !== input.slice(0, 19)) {
    throw new Fallback('a date that does not exist');
  }
  return instant / 1000;
}
