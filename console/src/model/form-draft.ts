import type { Json, JsonObject } from '../../../contracts/json.js';
import type { Field } from './form-fields.js';
import { isJsonObject } from './json.js';

/** What a person has entered so far, by JSON pointer: texts as typed, ticks, lists; for `rows` their number. */
export type DraftValue = string | boolean | number | readonly string[] | readonly JsonObject[];
export type Draft = Readonly<Record<string, DraftValue | undefined>>;

/** A form's first draft: what the task brings along, else the schema's defaults. */
export function draftOf(fields: readonly Field[], data: Json): Draft {
  const draft: Record<string, DraftValue> = {};
  const fill = (members: readonly Field[], from: unknown): void => {
    for (const field of members) {
      const given = isJsonObject(from) ? from[field.name] : undefined;
      if (field.type === 'group') fill(field.fields, given);
      else {
        const value = entered(field, given ?? field.schema['default']);
        if (value !== undefined) draft[field.pointer] = value;
      }
    }
  };
  fill(fields, data);
  return draft;
}

function entered(field: Field, value: Json | undefined): DraftValue | undefined {
  if (value === undefined || value === null) {
    return field.type === 'rows' ? 1 : undefined;
  }
  switch (field.type) {
    case 'flag':
      return value === true;
    case 'several':
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
    case 'lines':
      return Array.isArray(value) ? value.map(String).join('\n') : '';
    case 'rows':
      return 1;
    case 'table':
    case 'group':
    case 'fixed':
      return undefined;
    case 'choice':
    case 'number':
      return typeof value === 'object' ? undefined : String(value);
    case 'text':
      return typeof value === 'string' ? value : undefined;
  }
}

/** The data to send. What was left empty is left out, and so is an optional group in which nothing was entered. */
export function dataOf(fields: readonly Field[], draft: Draft): JsonObject {
  const data: Record<string, Json> = {};
  for (const field of fields) {
    const value = valueOf(field, draft);
    if (value !== undefined) data[field.name] = value;
  }
  return data;
}

function valueOf(field: Field, draft: Draft): Json | undefined {
  const given = draft[field.pointer];
  switch (field.type) {
    case 'fixed':
      return field.value;
    case 'flag':
      return given === true;
    case 'number':
      return typeof given === 'string' && given.trim() !== '' ? numberIn(given) : undefined;
    case 'several':
      return Array.isArray(given) ? (given as readonly string[]) : field.required ? [] : undefined;
    case 'lines': {
      const lines = typeof given === 'string' ? given.split(/\r?\n/).map((line) => line.trim()) : [];
      const filled = lines.filter((line) => line !== '');
      return filled.length > 0 || field.required ? filled : undefined;
    }
    case 'table':
      return Array.isArray(given) ? (given as readonly JsonObject[]) : undefined;
    case 'group': {
      const group = dataOf(field.fields, draft);
      return field.required || Object.keys(group).length > 0 ? group : undefined;
    }
    case 'rows':
      return Array.from({ length: typeof given === 'number' ? given : 0 }, (_, index) =>
        dataOf(rowFields(field.fields, field.pointer, index), draft),
      ).filter((row) => Object.keys(row).length > 0);
    case 'choice':
      return typeof given === 'string' && given !== '' ? chosen(field, given) : undefined;
    case 'text':
      return typeof given === 'string' && given.trim() !== '' ? textIn(field.input, given.trim()) : undefined;
  }
}

function chosen({ schema }: Field, text: string): Json {
  if (schema['type'] === 'boolean') return text === 'true';
  return schema['type'] === 'integer' || schema['type'] === 'number' ? Number(text) : text;
}

/** The fields of one row of a list, with its own pointers. */
export function rowFields(fields: readonly Field[], list: string, index: number): readonly Field[] {
  return fields.map((field) => {
    const pointer = `${list}/${index}${field.pointer.slice(`${list}/0`.length)}`;
    return field.type === 'group'
      ? { ...field, pointer, fields: rowFields(field.fields, list, index) }
      : { ...field, pointer };
  });
}

/** What is no number is sent as it was typed: the server says what is wrong with it. */
function numberIn(text: string): Json {
  const number = Number(text.trim().replace(',', '.'));
  return Number.isFinite(number) ? number : text;
}

function textIn(input: string, text: string): string {
  if (input !== 'datetime-local') return text;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}
