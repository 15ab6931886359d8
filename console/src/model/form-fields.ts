import type { Json, JsonObject } from '../../../contracts/json.js';
import { isJsonObject, plainText } from './json.js';
import { wordsOf } from './words.js';

/**
 * A use case's form as fields: what the console can ask for, read from JSON Schema 2020-12. The server validates;
 * here the schema only says which control fits. Nested objects and lists of objects are covered, `$ref` is not used.
 */
export interface FieldNames {
  readonly name: string;
  /** JSON pointer of the value in the data. */
  readonly pointer: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly schema: JsonObject;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export type Field = FieldNames &
  (
    | {
        readonly type: 'text';
        readonly long: boolean;
        readonly input: 'text' | 'tel' | 'date' | 'datetime-local';
      }
    | { readonly type: 'number'; readonly integer: boolean }
    | { readonly type: 'choice'; readonly options: readonly Option[] }
    | { readonly type: 'flag' }
    | { readonly type: 'several'; readonly options: readonly Option[] }
    /** A list of plain texts, one per line. */
    | { readonly type: 'lines' }
    | { readonly type: 'group'; readonly fields: readonly Field[] }
    /** A list of objects; `fields` are those of the row whose pointer ends in `/0`. */
    | { readonly type: 'rows'; readonly fields: readonly Field[] }
    /** A list of objects with free columns: a CSV file. */
    | { readonly type: 'table' }
    | { readonly type: 'fixed'; readonly value: Json }
  );

export function fieldsOf(schema: JsonObject): readonly Field[] {
  return membersOf(schema, '', isJsonObject(schema['ui']) ? schema['ui'] : {});
}

function membersOf(schema: JsonObject, parent: string, ui: JsonObject): readonly Field[] {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(properties).flatMap(([name, member]) => {
    const hints = isJsonObject(ui[name]) ? ui[name] : {};
    if (!isJsonObject(member)) return [];
    if (hints['widget'] === 'hidden')
      return hiddenOf(name, `${parent}/${escaped(name)}`, member, required.includes(name));
    return [fieldOf(name, `${parent}/${escaped(name)}`, member, required.includes(name), hints)];
  });
}

/** What the form does not ask for is sent with its default, or not at all. */
function hiddenOf(name: string, pointer: string, schema: JsonObject, required: boolean): readonly Field[] {
  const value = schema['const'] ?? schema['default'];
  if (value === undefined) return [];
  return [
    {
      name,
      pointer,
      title: textIn(schema, 'title') ?? wordsOf(name),
      description: undefined,
      required,
      schema,
      type: 'fixed',
      value,
    },
  ];
}

function fieldOf(
  name: string,
  pointer: string,
  schema: JsonObject,
  required: boolean,
  hints: JsonObject,
): Field {
  const names: FieldNames = {
    name,
    pointer,
    title: textIn(schema, 'title') ?? wordsOf(name),
    description: textIn(schema, 'description'),
    required,
    schema,
  };
  if (schema['const'] !== undefined) return { ...names, type: 'fixed', value: schema['const'] };
  if (Array.isArray(schema['enum']))
    return { ...names, type: 'choice', options: optionsOf(schema['enum'], hints) };
  switch (schema['type']) {
    case 'boolean':
      // An optional answer without a default may also stay open: a check box could not say that.
      return required || schema['default'] !== undefined
        ? { ...names, type: 'flag' }
        : { ...names, type: 'choice', options: [] };
    case 'integer':
    case 'number':
      return { ...names, type: 'number', integer: schema['type'] === 'integer' };
    case 'object':
      return { ...names, type: 'group', fields: membersOf(schema, pointer, hints) };
    case 'array':
      return listOf(names, hints);
    default:
      return {
        ...names,
        type: 'text',
        long: Number(schema['maxLength'] ?? 0) >= 200,
        input: inputOf(schema),
      };
  }
}

function listOf(names: FieldNames, hints: JsonObject): Field {
  const items = names.schema['items'];
  if (!isJsonObject(items)) return { ...names, type: 'lines' };
  if (Array.isArray(items['enum']))
    return { ...names, type: 'several', options: optionsOf(items['enum'], hints) };
  if (items['type'] !== 'object') return { ...names, type: 'lines' };
  if (isJsonObject(items['additionalProperties'])) return { ...names, type: 'table' };
  return { ...names, type: 'rows', fields: membersOf(items, `${names.pointer}/0`, hints) };
}

function optionsOf(values: readonly Json[], hints: JsonObject): readonly Option[] {
  const labels = isJsonObject(hints['labels']) ? hints['labels'] : {};
  return values.map((value) => {
    const text = plainText(value);
    const label = labels[text];
    return { value: text, label: typeof label === 'string' ? label : wordsOf(text) };
  });
}

function inputOf(schema: JsonObject): 'text' | 'tel' | 'date' | 'datetime-local' {
  if (schema['format'] === 'date') return 'date';
  if (schema['format'] === 'date-time') return 'datetime-local';
  return typeof schema['pattern'] === 'string' && schema['pattern'].startsWith('^\\+[1-9]') ? 'tel' : 'text';
}

function textIn(schema: JsonObject, name: string): string | undefined {
  const value = schema[name];
  return typeof value === 'string' ? value : undefined;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
