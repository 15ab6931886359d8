/** Markdown as `npm run format` leaves it, so that generated pages pass the same check as written ones. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [header, ...rows].map((row) => header.map((_, column) => escaped(row[column] ?? '')));
  const widths = header.map((_, column) => Math.max(3, ...cells.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell))).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n');
}

/** A page: its parts with an empty line between them, under the note that it is generated. */
export function page(title: string, source: string, parts: readonly string[]): string {
  const note = `_Made by \`npm run docs\` from ${source}; change it there._`;
  return `${[`# ${title}`, note, ...parts].join('\n\n')}\n`;
}

export const code = (text: string): string => `\`${text}\``;

const escaped = (cell: string): string => cell.replaceAll(/\s+/g, ' ').trim().replaceAll('|', '\\|');

/** Characters of a cell; letters of several scripts stand in names, each as wide as one. */
const widthOf = (cell: string): number => Array.from(cell.replaceAll(/\p{Mark}/gu, '')).length;
