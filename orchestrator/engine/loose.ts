import { isJsonObject, type Json } from '../../contracts/json.js';
import type { EngineDeps, Locals } from './interpreter.js';

/**
 * A template in a document that says `evaluate.mode: loose`: each of its texts is tried as an expression, and stays the
 * text that it is when that fails. OWS DSL 1.0.3, Evaluate. Only the document's own texts; what they yield is data.
 */
export function resolveLoosely(deps: EngineDeps, template: Json, input: Json, variables: Locals): Json {
  if (typeof template === 'string') {
    const text = template.trim();
    const program = text.startsWith('${') && text.endsWith('}') ? text.slice(2, -1) : text;
    if (program.trim() === '') return template;
    try {
      return deps.evaluate(program, input, variables);
    } catch {
      return template;
    }
  }
  if (Array.isArray(template)) {
    return template.map((item: Json) => resolveLoosely(deps, item, input, variables));
  }
  if (!isJsonObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).flatMap(([name, member]) =>
      member === undefined ? [] : [[name, resolveLoosely(deps, member, input, variables)]],
    ),
  );
}
