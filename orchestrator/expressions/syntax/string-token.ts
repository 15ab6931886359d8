import type { StringPart, Token } from './token.js';
import { Unsupported } from './unsupported.js';

/** Reads the tokens of an interpolation; `end` is the position after its closing parenthesis. */
type InterpolationReader = (
  program: string,
  start: number,
  interpolated: boolean,
) => { readonly tokens: readonly Token[]; readonly end: number };

const plain = /[^"\\]+/y;
const simpleEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Reads the string literal that opens at `start`; `end` is the position after its closing quote. */
export function readString(
  program: string,
  start: number,
  readTokens: InterpolationReader,
): { readonly parts: readonly StringPart[]; readonly end: number } {
  const parts: StringPart[] = [];
  let text = '';
  let at = start + 1;
  while (at < program.length) {
    plain.lastIndex = at;
    const run = plain.exec(program)?.[0];
    if (run !== undefined) {
      text += run;
      at += run.length;
      continue;
    }
    if (program[at] === '"') {
      if (hasLoneSurrogate(text)) throw new Unsupported('half of a surrogate pair');
      if (text !== '' || parts.length === 0) parts.push(text);
      return { parts, end: at + 1 };
    }
    const escape = program[at + 1] ?? '';
    if (escape === '(') {
      if (text !== '') parts.push(text);
      text = '';
      const inner = readTokens(program, at + 2, true);
      parts.push(inner.tokens);
      at = inner.end;
    } else if (escape === 'u') {
      const digits = program.slice(at + 2, at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new Unsupported('a \\u escape without four digits');
      text += String.fromCharCode(Number.parseInt(digits, 16));
      at += 6;
    } else {
      const meaning = simpleEscapes[escape];
      if (meaning === undefined) throw new Unsupported(`the escape \\${escape}`);
      text += meaning;
      at += 2;
    }
  }
  throw new Unsupported('a string without an end');
}

/** jq replaces such halves by U+FFFD; JavaScript keeps them. */
function hasLoneSurrogate(text: string): boolean {
  return /\p{Cs}/u.test(text);
}
