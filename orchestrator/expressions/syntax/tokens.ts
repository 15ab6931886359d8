import type { Token } from './token.js';
import { Unsupported } from './unsupported.js';
import { readString } from './string-token.js';

const blank = /[ \t\r\n]+/y;
const comment = /#[^\n]*/y;
const number = /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const word = /[a-zA-Z_][a-zA-Z_0-9]*/y;
const field = /\.[a-zA-Z_][a-zA-Z_0-9]*/y;
const variable = /\$[a-zA-Z_][a-zA-Z_0-9]*/y;
const format = /@[a-zA-Z0-9_]+/y;
const symbol = /\?\/\/=?|\/\/=|\|=|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|\/\/|\.\.|[.[\](){}|,:;=<>+\-*/%?]/y;

/** Splits a whole program. Throws Unsupported for text that is not jq, and for the few lexical forms left to the reference. */
export function tokenize(program: string): readonly Token[] {
  return readTokens(program, 0, false).tokens;
}

/** Reads tokens from `start`; inside an interpolation it ends after the closing parenthesis that is not its own. */
function readTokens(
  program: string,
  start: number,
  interpolated: boolean,
): { readonly tokens: readonly Token[]; readonly end: number } {
  const tokens: Token[] = [];
  let at = start;
  let open = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(program)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  while (at < program.length) {
    if (match(blank) !== undefined) continue;
    const remark = match(comment);
    if (remark !== undefined) {
      // Both forms may carry the comment on to the next line.
      if (/[\\\r]/.test(remark)) throw new Unsupported('a comment that may go on');
      continue;
    }
    if (program[at] === '"') {
      const text = readString(program, at, readTokens);
      tokens.push({ kind: 'string', parts: text.parts });
      at = text.end;
      continue;
    }
    const token = nextToken(match);
    if (token === undefined) throw new Unsupported(`the character at ${at}`);
    if (token.kind === 'symbol' && token.text === '(') open += 1;
    if (token.kind === 'symbol' && token.text === ')') {
      if (interpolated && open === 0) return { tokens, end: at };
      open -= 1;
    }
    tokens.push(token);
  }
  if (interpolated) throw new Unsupported('an interpolation without an end');
  return { tokens, end: at };
}

function nextToken(match: (pattern: RegExp) => string | undefined): Token | undefined {
  const readers = [
    ['field', field, 1],
    ['number', number, 0],
    ['variable', variable, 1],
    ['format', format, 0],
    ['word', word, 0],
    ['symbol', symbol, 0],
  ] as const;
  for (const [kind, pattern, skip] of readers) {
    const text = match(pattern);
    if (text !== undefined) return { kind, text: text.slice(skip) };
  }
  return undefined;
}
