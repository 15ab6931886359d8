import type { JsonObject } from '../../../contracts/json.js';

/**
 * Rows of a CSV file (RFC 4180; comma or semicolon) as objects, each with the number of its line in the file.
 * Empty lines are skipped; what is wrong with a row is for the service to say.
 */
export function rowsOf(text: string): readonly JsonObject[] {
  const [header, ...records] = recordsOf(text.replace(/^\uFEFF/, ''));
  if (header === undefined) return [];
  return records
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .map(({ cells, line }) => ({
      line,
      ...Object.fromEntries(
        header.cells.flatMap((name, index) => {
          return name === '' || name === 'line' ? [] : [[name, cells[index] ?? '']];
        }),
      ),
    }));
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function recordsOf(text: string): readonly CsvRecord[] {
  const separator = /^[^\n,]*;/.test(text) ? ';' : ',';
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let begun = 1;
  const end = (): void => {
    records.push({ line: begun, cells: [...cells, cell].map((value) => value.trim()) });
    cells = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\n') line += 1;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === separator) {
      cells.push(cell);
      cell = '';
    } else if (char === '\n') {
      end();
      begun = line;
    } else if (char !== '\r') cell += char;
  }
  if (cell !== '' || cells.length > 0) end();
  return records;
}
