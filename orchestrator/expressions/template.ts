import { isJsonObject, type Json } from '../../contracts/json.js';
import type { Evaluator, Variables } from './evaluator.js';
import { closingBrace } from './closing-brace.js';

/**
 * Whether the whole text is one runtime expression `${ ... }` (OWS DSL 1.0.3, Runtime Expressions). Text around it, or
 * a second expression in the same text, makes it plain text.
 */
export function isExpression(text: string): boolean {
  const trimmed = text.trim();
  if (!trimmed.startsWith('${') || !trimmed.endsWith('}')) return false;
  const end = closingBrace(trimmed, 2);
  // Without a matching brace the jq inside is wrong; evaluating it says so, passing it on as text would hide it.
  return end === undefined || end === trimmed.length - 1;
}

/** The jq program of a position that takes bare jq or `${ ... }`, such as `if`, `when`, `from`, `as`, `in` and `while`. */
export function unwrap(text: string): string {
  return isExpression(text) ? text.trim().slice(2, -1).trim() : text;
}

/**
 * Replaces every string of a template that is wholly a runtime expression by its value. Keys and other strings stay as
 * they are, and what an expression yields is taken as data: expressions inside it are never run.
 * Throws ExpressionError.
 */
export function resolveTemplate(value: Json, evaluator: Evaluator, input: Json, variables: Variables): Json {
  if (typeof value === 'string') {
    return isExpression(value) ? evaluator.evaluate(unwrap(value), input, variables) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item: Json) => resolveTemplate(item, evaluator, input, variables));
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      member === undefined ? [] : [[key, resolveTemplate(member, evaluator, input, variables)]],
    ),
  );
}
