import { clockVariable, noClock } from '../builtins/dates.js';
import type { Token } from '../syntax/token.js';

const longestRange = 1_000_000;
const tooLong = `error("range of more than ${longestRange} values")`;

/** What replaces jq's view of the machine: its clock, its time zone, its environment, and ranges without end. */
const replacements: Readonly<Record<string, string>> = {
  localtime: 'def localtime: gmtime;',
  strflocaltime: 'def strflocaltime(f): strftime(f);',
  env: 'def env: {};',
  range: [
    'def __count($a; $b): range($a; $b);',
    'def __count($a; $b; $c): range($a; $b; $c);',
    'def __long($n): ($n | type) == "number" and ($n | fabs) > ' + `${longestRange};`,
    'def __span($a; $b): if [$a, $b] | all(type == "number") then $b - $a else 0 end;',
    `def range($a; $b): if __long(__span($a; $b)) then ${tooLong} else __count($a; $b) end;`,
    'def range($b): range(0; $b);',
    'def range($a; $b; $c): if ($c | type) == "number" and $c != 0 and __long(__span($a; $b) / $c)' +
      ` then ${tooLong} else __count($a; $b; $c) end;`,
  ].join(' '),
};

/**
 * The text to put in front of a program so that it runs on `{"v": variables, "d": input}` with the variables bound.
 * It is one line, and needs no parentheses around the program: a pipe takes everything that follows.
 */
export function prelude(tokens: readonly Token[], variables: Readonly<Record<string, unknown>>): string {
  const words = mentioned(tokens, 'word');
  const wanted = mentioned(tokens, 'variable');
  if (words.has('now')) wanted.add(clockVariable);
  const bound = [...wanted].filter((name) => Object.hasOwn(variables, name) && name !== 'ENV');
  const parts = bound.map((name) => `.v.${name} as $${name} | `);
  if (wanted.has('ENV')) parts.push('{} as $ENV | ');
  if (words.has('now')) {
    const clock = bound.includes(clockVariable) ? `$${clockVariable}` : `error("${noClock}")`;
    parts.push(`def now: ${clock}; `);
  }
  for (const [name, definition] of Object.entries(replacements)) {
    if (words.has(name)) parts.push(`${definition} `);
  }
  return `${parts.join('')}.d | `;
}

/** The names of one kind in a program, also inside interpolated strings. */
export function mentioned(tokens: readonly Token[], kind: 'word' | 'variable'): Set<string> {
  const names = new Set<string>();
  for (const token of tokens) {
    if (token.kind === kind) names.add(token.text);
    if (token.kind !== 'string') continue;
    for (const part of token.parts) {
      if (typeof part === 'string') continue;
      for (const name of mentioned(part, kind)) names.add(name);
    }
  }
  return names;
}
