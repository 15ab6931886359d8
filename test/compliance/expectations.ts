import { isJsonObject, type Json } from '../../contracts/json.js';

/** What one sentence of a scenario demands. */
export type Expectation =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'schema' }
  | { readonly kind: 'property'; readonly name: string; readonly value?: Json }
  | { readonly kind: 'body'; readonly value: Json }
  | { readonly kind: 'count' }
  | { readonly kind: 'no-results' }
  | { readonly kind: 'filtered'; readonly field: string; readonly value: string };

type Reading = readonly [RegExp, (groups: readonly string[]) => Expectation | undefined];

const readings: readonly Reading[] = [
  [/have status (\d+)$/, ([status]) => ({ kind: 'status', status: Number(status) })],
  [/^\+json schema$|should match json (error )?schema$/, () => ({ kind: 'schema' })],
  [
    /should contain "(.*)" property equals "(.*)"$/,
    ([name = '', value = '']) => ({ kind: 'property', name, value }),
  ],
  [/[ -](\w+) field should be "(.*)"$/, ([name = '', value = '']) => ({ kind: 'property', name, value })],
  [/should have a "(.*)" property$/, ([name = '']) => ({ kind: 'property', name })],
  [/should have body "(.*)"$/, ([value = '']) => ({ kind: 'body', value })],
  [/return status true for existing record$/, () => ({ kind: 'property', name: 'status', value: true })],
  [
    /return status false for non-existing record$/,
    () => ({ kind: 'property', name: 'status', value: false }),
  ],
  [/^results array length is consistent with count field value$/, () => ({ kind: 'count' })],
  [/^results field should be an empty array$/, () => ({ kind: 'no-results' })],
  [
    /is filtered by "(.*)" and "(.*)" provided in the query parameter$/,
    ([value = '', field = '']) => ({ kind: 'filtered', field, value }),
  ],
  // What is sent, told again: nothing to look at.
  [
    /^(Wants to|Receives a|User provides|User receives a|send|Send) |^(GET|POST) request to /,
    () => undefined,
  ],
];

/** Raises an Error for a sentence that nobody understands: it would pass unseen. */
export function readExpectation(sentence: string): Expectation | undefined {
  for (const [pattern, read] of readings) {
    const match = pattern.exec(sentence);
    if (match) return read(match.slice(1));
  }
  throw new Error(`nobody understands what "${sentence}" demands`);
}

/** What is wrong with a body; undefined when it is as demanded. Status and schema are looked at elsewhere. */
export function violation(expectation: Expectation, body: Json | undefined): string | undefined {
  switch (expectation.kind) {
    case 'status':
    case 'schema':
      return undefined;
    case 'body':
      return body === expectation.value ? undefined : `the body is not ${JSON.stringify(expectation.value)}`;
    case 'property': {
      const { name, value } = expectation;
      const found = valuesOf(body, name);
      if (found.length === 0) return `there is no ${name}`;
      return value === undefined || found.includes(value)
        ? undefined
        : `${name} is ${JSON.stringify(found)}, not ${JSON.stringify(value)}`;
    }
    case 'count':
      return isJsonObject(body) && resultsOf(body).length === body['count']
        ? undefined
        : 'count is not the number of results';
    case 'no-results':
      return resultsOf(body).length === 0 ? undefined : 'there are results';
    case 'filtered': {
      const { field, value } = expectation;
      const all = resultsOf(body).every((result) => isJsonObject(result) && result[field] === value);
      return all ? undefined : `a result has another ${field} than ${value}`;
    }
  }
}

function resultsOf(body: Json | undefined): readonly Json[] {
  const results = isJsonObject(body) ? body['results'] : undefined;
  return Array.isArray(results) ? (results as readonly Json[]) : [];
}

/** Every value under that name, however deep. */
function valuesOf(value: Json | undefined, name: string): readonly (Json | undefined)[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => valuesOf(item, name));
  if (!isJsonObject(value)) return [];
  const own = Object.hasOwn(value, name) ? [value[name]] : [];
  return [...own, ...Object.values(value).flatMap((member) => valuesOf(member, name))];
}
