import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type Json } from '../../contracts/json.js';

/** A step did not hold. Its message says what was expected and what was found. */
export class StepFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StepFailed';
  }
}

export function check(holds: boolean, message: string): asserts holds {
  if (!holds) throw new StepFailed(message);
}

export function checkEqual(what: string, actual: Json | undefined, expected: Json): void {
  check(
    isDeepStrictEqual(plain(actual ?? null), plain(expected)),
    `${what} should be ${JSON.stringify(expected)}, and is ${JSON.stringify(actual)}.`,
  );
}

/** Whether `actual` has everything that `expected` names; lists must agree item by item. */
export function includes(actual: Json | undefined, expected: Json): boolean {
  if (isJsonObject(expected)) {
    return (
      isJsonObject(actual) &&
      Object.entries(expected).every(([name, value]) => includes(actual[name], value ?? null))
    );
  }
  if (Array.isArray(expected)) {
    const wanted = expected as readonly Json[];
    return (
      Array.isArray(actual) &&
      actual.length === wanted.length &&
      wanted.every((value, index) => includes((actual as readonly Json[])[index], value))
    );
  }
  return isDeepStrictEqual(actual, expected);
}

/** What stands at a path such as `error.status` or `items.0.id`; undefined when there is nothing. */
export function valueAt(value: Json, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((at, name) => {
    if (Array.isArray(at)) return (at as readonly Json[])[Number(name)];
    return isJsonObject(at) ? at[name] : undefined;
  }, value);
}

/** Objects made by different parsers differ in their prototypes, which is nothing to a reader of JSON. */
function plain(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
