import type { Token } from '../syntax/token.js';

/*
 * On this thread jq cannot be interrupted, so programs that may go on for ever are refused before they start. That is a
 * guard against obvious loops, not a proof: nested loops over large data stay possible. A jq that is bounded by a
 * deadline may run them. What reaches out of the program is refused on both.
 */
const endless = new Set(['repeat', 'until', 'while']);
/** What reaches out of the program: other inputs, modules, the process. */
export const outward: ReadonlySet<string> = new Set([
  ...['input', 'inputs', 'input_filename', 'input_line_number', 'halt', 'halt_error', 'import', 'include'],
  ...['modulemeta', 'get_search_list', 'get_jq_origin', 'get_prog_origin'],
]);

/** Why the reference may not run a program; undefined when it may. `bounded` tells that it has a deadline. */
export function refusal(tokens: readonly Token[], bounded = false): string | undefined {
  const definitions: { readonly name: string; readonly depth: number }[] = [];
  const brackets: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'string') {
      const inner = token.parts.map((part) =>
        typeof part === 'string' ? undefined : refusal(part, bounded),
      );
      const found = inner.find((reason) => reason !== undefined);
      if (found !== undefined) return found;
    }
    if (token.kind === 'symbol') followBrackets(token.text, brackets, definitions);
    if (token.kind !== 'word') continue;
    if (isWord(tokens[index - 1], 'def')) {
      definitions.push({ name: token.text, depth: brackets.length });
    } else if (!isKey(tokens, index, brackets)) {
      const reason = bounded
        ? reachingOut(token.text)
        : refusedCall(token.text, tokens[index + 1], definitions);
      if (reason !== undefined) return reason;
    }
  }
  return undefined;
}

function followBrackets(symbol: string, brackets: string[], definitions: { readonly depth: number }[]): void {
  if (symbol === '(' || symbol === '[' || symbol === '{') brackets.push(symbol);
  else if (symbol === ')' || symbol === ']' || symbol === '}') brackets.pop();
  else if (symbol === ';' && definitions.at(-1)?.depth === brackets.length) definitions.pop();
}

function refusedCall(
  name: string,
  next: Token | undefined,
  definitions: readonly { readonly name: string }[],
): string | undefined {
  if (endless.has(name)) return `${name} cannot be bounded together with the other functions used here`;
  const outside = reachingOut(name);
  if (outside !== undefined) return outside;
  if (name === 'recurse' && next?.kind === 'symbol' && next.text === '(') {
    return 'recurse with an argument cannot be bounded together with the other functions used here';
  }
  if (definitions.some((definition) => definition.name === name)) {
    return `the definition of ${name} refers to itself and cannot be bounded together with the other functions used here`;
  }
  return undefined;
}

function reachingOut(name: string): string | undefined {
  return outward.has(name) ? `${name} is not available in a workflow` : undefined;
}

/** Words such as `input` may be keys of an object construction. */
function isKey(tokens: readonly Token[], index: number, brackets: readonly string[]): boolean {
  if (brackets.at(-1) !== '{') return false;
  const before = tokens[index - 1];
  return before?.kind === 'symbol' && (before.text === '{' || before.text === ',');
}

function isWord(token: Token | undefined, text: string): boolean {
  return token?.kind === 'word' && token.text === text;
}
