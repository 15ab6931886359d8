import { z } from 'zod';
import type { DiagnosticCode } from '../../../contracts/diagnostic.js';
import type { Values } from '../source/report.js';

/** Schemas that have a name: they become `$defs` of the JSON Schema, and may contain each other. */
export const named = z.registry<{ readonly id: string }>();

const choices = new WeakMap<z.ZodType, () => readonly z.ZodType[]>();

/** A mistake that zod has no word for, as the diagnostic that it becomes. */
export interface Mistake {
  readonly diagnostic: DiagnosticCode;
  readonly values: Values;
}

/** An object with these properties and no others; `id` names it in the JSON Schema. */
export function shape(id: string, description: string, properties: z.ZodRawShape): z.ZodType {
  const schema = z.strictObject(properties, {
    error: ({ code }) => (code === 'unrecognized_keys' ? Object.keys(properties).join(' ') : undefined),
  });
  named.add(schema, { id });
  z.globalRegistry.add(schema, { description });
  return schema;
}

/** Which properties a `shape` knows, from the message of its `unrecognized_keys`. */
export const knownProperties = (message: string): readonly string[] => message.split(' ');

/**
 * One of several forms. Which one is meant is decided by `choose` from the value (a key, a type), so that a mistake is
 * reported inside that form, and not as "none of the forms fits". It gives one of the options, or says what is wrong.
 */
export function choice(
  id: string,
  description: string,
  options: () => readonly z.ZodType[],
  choose: (value: unknown) => z.ZodType | Mistake,
): z.ZodType {
  const schema = z.unknown().superRefine((value, context) => {
    if (value === undefined) {
      context.addIssue({ code: 'invalid_type', expected: 'unknown', input: value });
      return;
    }
    const chosen = choose(value);
    if (!(chosen instanceof z.ZodType)) {
      context.addIssue({ code: 'custom', message: chosen.diagnostic, params: { mistake: chosen } });
      return;
    }
    const parsed = chosen.safeParse(value);
    for (const issue of parsed.error?.issues ?? []) context.addIssue({ ...issue, path: [...issue.path] });
  });
  named.add(schema, { id });
  z.globalRegistry.add(schema, { description });
  choices.set(schema, options);
  return schema;
}

/** The forms of a `choice`, however it was described since. */
export function optionsOf(schema: z.core.$ZodType): readonly z.ZodType[] | undefined {
  for (let at: z.core.$ZodType | undefined = schema; at !== undefined; at = at._zod.parent) {
    const options = choices.get(at as z.ZodType);
    if (options !== undefined) return options();
  }
  return undefined;
}

/** A text of a certain form. `hints` is what the JSON Schema says of it; a regular expression says it by itself. */
export function text(
  id: string,
  expected: string,
  fits: RegExp | ((value: string) => boolean),
  hints: { readonly pattern?: string; readonly format?: string } = {},
): z.ZodType {
  const test = fits instanceof RegExp ? (value: string): boolean => fits.test(value) : fits;
  const checked = z.string().superRefine((value, context) => {
    if (test(value)) return;
    const mistake: Mistake = { diagnostic: 'wrong-format', values: { found: quoted(value), expected } };
    context.addIssue({ code: 'custom', message: expected, params: { mistake } });
  });
  const pattern = fits instanceof RegExp ? { pattern: fits.source } : {};
  const schema = checked.meta({ description: expected, ...pattern, ...hints });
  named.add(schema, { id });
  return schema;
}

export function quoted(value: string): string {
  return `"${value.length > 80 ? `${value.slice(0, 77)}...` : value}"`;
}

/** What kind of thing a value is, as a sentence says it. */
export function kindOfValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'empty (null)';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'object':
      return 'a mapping';
    case 'string':
      return `the text ${quoted(value)}`;
    case 'boolean':
      return String(value);
    default:
      return `the number ${JSON.stringify(value)}`;
  }
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Chooses by the first of these keys that a mapping has; several, or none, is a mistake. */
export function byKey<K extends string>(
  options: () => Readonly<Record<K, z.ZodType>>,
  expected: string,
): (value: unknown) => z.ZodType | Mistake {
  return (value) => {
    const known = options();
    const keys = Object.keys(known) as K[];
    if (!isMapping(value))
      return { diagnostic: 'wrong-type', values: { expected, found: kindOfValue(value) } };
    const found = keys.filter((key) => Object.hasOwn(value, key));
    const [first] = found;
    if (first === undefined)
      return {
        diagnostic: 'not-a-choice',
        values: { expected, names: Object.keys(value).join(' '), known: keys.join(' ') },
      };
    if (found.length > 1) return { diagnostic: 'several-choices', values: { found: found.join(', ') } };
    return known[first];
  };
}
