import { arrayBuiltins } from './arrays.js';
import type { Builtin } from './builtin.js';
import { containerBuiltins } from './containers.js';
import { controlBuiltins } from './control.js';
import { dateBuiltins } from './dates.js';
import { entryBuiltins } from './entries.js';
import { loopBuiltins } from './loops.js';
import { numberBuiltins } from './numbers.js';
import { orderingBuiltins } from './ordering.js';
import { stringBuiltins } from './strings.js';
import { typeBuiltins } from './types.js';

/** The builtins of the fast path, by name and number of arguments. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(
  [
    arrayBuiltins,
    containerBuiltins,
    controlBuiltins,
    dateBuiltins,
    entryBuiltins,
    loopBuiltins,
    numberBuiltins,
    orderingBuiltins,
    stringBuiltins,
    typeBuiltins,
  ].flatMap((group) => Object.entries(group)),
);
