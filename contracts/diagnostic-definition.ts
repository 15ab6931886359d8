/** One thing that validation can say: texts with `{placeholders}`. */
export interface DiagnosticDefinition {
  readonly group: DiagnosticGroup;
  readonly severity: 'error' | 'warning';
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

export type DiagnosticGroup =
  'reading' | 'shape' | 'refused' | 'names' | 'flow' | 'expressions' | 'resources' | 'use-case';
