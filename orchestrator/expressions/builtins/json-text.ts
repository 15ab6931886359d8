import type { Json } from '../../../contracts/json.js';
import { charge, type Run } from '../compiled/run.js';
import { Fallback } from '../compiled/signals.js';

/** jq's `fromjson`. Text that is not plain JSON (jq takes `nan`, for one) goes to the reference. */
export function parseJsonText(run: Run, input: Json): Json {
  if (typeof input !== 'string') throw new Fallback('fromjson of something else than a text');
  charge(run, input.length >> 3);
  if (/\d{16}|\\u[dD]|\d[eE]/.test(input)) throw new Fallback('a number or character that needs care');
  run.oddNumbers ||= /\d\.|-0/.test(input);
  run.numericKeys ||= /"\d+"/.test(input);
  try {
    return JSON.parse(input) as Json;
  } catch {
    throw new Fallback('not plain JSON');
  }
}
