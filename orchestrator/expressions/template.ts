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

/** Gives the value of a template's part, or `constant` when there is nothing to evaluate in it. */
type Resolver = 'constant' | ((evaluator: Evaluator, input: Json, variables: Variables) => Json);

/** Templates are parts of workflow documents, which never change: each is looked through once. */
const resolvers = new WeakMap<object, Resolver>();

/**
 * Replaces every string of a template that is wholly a runtime expression by its value. Keys and other strings stay as
 * they are, and what an expression yields is taken as data: expressions inside it are never run.
 * What holds no expression is handed on as it is, not copied. Throws ExpressionError.
 */
export function resolveTemplate(value: Json, evaluator: Evaluator, input: Json, variables: Variables): Json {
  const resolver = resolverOf(value);
  return resolver === 'constant' ? value : resolver(evaluator, input, variables);
}

function resolverOf(value: Json): Resolver {
  if (value === null || typeof value !== 'object') return compileTemplate(value);
  const known = resolvers.get(value);
  if (known !== undefined) return known;
  const fresh = compileTemplate(value);
  resolvers.set(value, fresh);
  return fresh;
}

function compileTemplate(value: Json): Resolver {
  if (typeof value === 'string') {
    if (!isExpression(value)) return 'constant';
    const program = unwrap(value);
    return (evaluator, input, variables) => evaluator.evaluate(program, input, variables);
  }
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => ({ item, resolver: compileTemplate(item) }));
    if (items.every(({ resolver }) => resolver === 'constant')) return 'constant';
    return (evaluator, input, variables) =>
      items.map(({ item, resolver }) =>
        resolver === 'constant' ? item : resolver(evaluator, input, variables),
      );
  }
  if (!isJsonObject(value)) return 'constant';
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : [{ key, member, resolver: compileTemplate(member) }],
  );
  if (members.every(({ resolver }) => resolver === 'constant')) return 'constant';
  return (evaluator, input, variables) =>
    Object.fromEntries(
      members.map(({ key, member, resolver }) => [
        key,
        resolver === 'constant' ? member : resolver(evaluator, input, variables),
      ]),
    );
}
