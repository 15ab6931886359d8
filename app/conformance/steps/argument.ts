import { parse } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import { check } from '../check.js';

/** A step's doc string as YAML, of which JSON is a part. */
export function yamlOf(argument: string | undefined): Json {
  check(argument !== undefined, 'This step needs a doc string below it.');
  return (parse(argument) ?? null) as Json;
}

export function objectOf(argument: string | undefined): JsonObject {
  const value = yamlOf(argument);
  check(isJsonObject(value), 'The doc string of this step must be an object.');
  return value;
}

export function listOf(argument: string | undefined): readonly Json[] {
  const value = yamlOf(argument);
  check(Array.isArray(value), 'The doc string of this step must be a list.');
  return value as readonly Json[];
}
