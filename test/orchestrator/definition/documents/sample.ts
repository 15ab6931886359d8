import type { DiagnosticCode } from '../../../../contracts/diagnostic.js';

/** A small document that shows one part of the language: taken, or answered with this diagnostic. */
export interface Sample {
  readonly name: string;
  readonly text: string;
  readonly verdict: 'valid' | DiagnosticCode;
}

export const head = `document: { dsl: '1.0.3', namespace: samples, name: sample, version: '1.0.0' }`;

/** A document with one task, written as one flow mapping. */
export const withTask = (task: string, use = ''): string =>
  `${head}\n${use === '' ? '' : `use: ${use}\n`}do:\n  - it: ${task}\n`;

/** A document with something beside its tasks. */
export const withTop = (top: string): string => `${head}\n${top}\ndo:\n  - it: { set: { a: 1 } }\n`;

type Row = readonly [name: string, text: string, verdict: Sample['verdict']];

export const samples = (rows: readonly Row[], wrap: (text: string) => string): readonly Sample[] =>
  rows.map(([name, text, verdict]) => ({ name, text: wrap(text), verdict }));
