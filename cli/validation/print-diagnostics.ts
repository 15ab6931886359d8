import type { Diagnostic } from '../../contracts/diagnostic.js';
import { paint } from '../paint.js';
import { excerpt } from './excerpt.js';

/** Diagnostics as a compiler shows them: place, what, the line with a caret, why, fix; the counts at the end. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  textOf: (file: string) => string | undefined,
): string {
  const blocks = diagnostics.map((one) => {
    const { severity, code, file, line, column, what, why, fix } = one;
    const colour = severity === 'error' ? 'red' : 'yellow';
    return [
      `${paint('bold', `${file}:${line}:${column}`)}  ${paint(colour, severity)}  ${what}  ${paint('gray', `[${code}]`)}`,
      ...excerpt(textOf(file) ?? '', line, column),
      `  ${paint('gray', 'why')}  ${why}`,
      `  ${paint('gray', 'fix')}  ${fix}`,
    ].join('\n');
  });
  return [...blocks, counts(diagnostics)].join('\n\n');
}

function counts(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const said = [counted(errors, 'error'), counted(diagnostics.length - errors, 'warning')].join(', ');
  return paint(errors > 0 ? 'red' : diagnostics.length > 0 ? 'yellow' : 'green', `${said}.`);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
