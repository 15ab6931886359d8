import { paint } from '../paint.js';

const WIDTH = 100;

/**
 * The line that is meant, with a caret under the place; long lines are cut around it. Nothing where the text has no
 * such line.
 */
export function excerpt(text: string, line: number, column: number): readonly string[] {
  const source = text.split(/\r?\n/)[line - 1];
  if (source === undefined || source.trim() === '') return [];
  const from = column > WIDTH - 20 ? column - 40 : 0;
  const shown = printable(source.slice(from, from + WIDTH));
  const before = printable(source.slice(from, column - 1)).replaceAll(/[^\t]/g, ' ');
  const number = String(line);
  const margin = ' '.repeat(number.length);
  const [left, right] = [from > 0 ? '…' : '', source.length > from + WIDTH ? '…' : ''];
  return [
    `  ${paint('gray', `${number} |`)} ${left}${shown}${right}`,
    `  ${paint('gray', `${margin} |`)} ${left === '' ? '' : ' '}${before}${paint('bold', '^')}`,
  ];
}

/** Control characters of a file are not let through to the terminal. */
function printable(text: string): string {
  return Array.from(text, (character) =>
    /[\p{Cc}\p{Cf}]/u.test(character) && character !== '\t' ? '·' : character,
  ).join('');
}
