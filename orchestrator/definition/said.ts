import type { Diagnostic } from '../../contracts/diagnostic.js';

/** Diagnostics as the detail of an error: one line each, `file:line:column: /path: what. Why. Fix.` */
export function said(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(({ file, line, column, path, what, why, fix }) => {
      const place = `${file}:${line}:${column}:`;
      return [
        place,
        ...(path === '' ? [] : [`${path}:`]),
        `${sentence(what)} ${sentence(why)} ${sentence(fix)}`,
      ].join(' ');
    })
    .join('\n');
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
