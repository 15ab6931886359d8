import { isJsonObject, textOf, type Json } from '../../contracts/json.js';
import type { Answer } from './suite.js';

/** What lies at a path of members and indexes; undefined where there is nothing. */
export function at(
  answer: Answer | Json | undefined,
  ...path: readonly (string | number)[]
): Json | undefined {
  let value: Json | undefined = isAnswer(answer) ? answer.body : answer;
  for (const part of path) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(part)];
    else value = isJsonObject(value) ? value[part] : undefined;
  }
  return value;
}

export function textAt(answer: Answer | Json | undefined, ...path: readonly (string | number)[]): string {
  return textOf(at(answer, ...path));
}

/** The list at a path; empty where there is none. */
export function listAt(
  answer: Answer | Json | undefined,
  ...path: readonly (string | number)[]
): readonly Json[] {
  const found = at(answer, ...path);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

function isAnswer(value: Answer | Json | undefined): value is Answer {
  return (
    isJsonObject(value) && typeof value.status === 'number' && isJsonObject(value.headers) && 'body' in value
  );
}
