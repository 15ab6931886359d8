import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colour where somebody looks at it: not in files and pipes, and not against NO_COLOR. */
export function paint(style: Style, text: string): string {
  const coloured = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  return coloured ? styleText(style, text) : text;
}
