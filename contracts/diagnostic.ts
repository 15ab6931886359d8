import type { DiagnosticCode } from './diagnostic-catalog.js';

export type { DiagnosticCode } from './diagnostic-catalog.js';

/** One thing that is wrong, or doubtful, in a workflow document or a use case, at its place. */
export interface Diagnostic {
  /** Errors keep a document from being run; warnings do not. */
  readonly severity: 'error' | 'warning';
  readonly code: DiagnosticCode;
  /** As it was given, or below the folder of use cases: `usct/workflows/application.yaml`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** JSON pointer into the document; empty for the whole of it. */
  readonly path: string;
  /** What is wrong, with the names involved. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do. */
  readonly fix: string;
}

/** The answer of everything that validates: `valid` means no errors. */
export interface Validation {
  readonly valid: boolean;
  /** By file, then in order of place. */
  readonly diagnostics: readonly Diagnostic[];
}
