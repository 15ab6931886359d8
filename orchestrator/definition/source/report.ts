import type { Diagnostic } from '../../../contracts/diagnostic.js';
import { diagnosticCatalog, type DiagnosticCode } from '../../../contracts/diagnostic-catalog.js';
import { pointer, type Path } from './path.js';
import type { Aim, Place } from './places.js';

/** What the `{placeholders}` of a diagnostic stand for. */
export type Values = Readonly<Record<string, string>>;
/** Worked out only where the diagnostic is kept. */
type LateValues = Values | (() => Values);

/** Collects what is wrong with one file. */
export interface Report {
  /** `path` is the place, `aim` whether its name or its value is meant (the value when absent). */
  add(code: DiagnosticCode, path: Path, values?: LateValues, aim?: Aim): void;
  /** For mistakes that keep the text from being parsed. */
  addAt(code: DiagnosticCode, place: Place, values?: Values): void;
  /** Of this file, in order of place; at most a thousand. */
  readonly diagnostics: () => readonly Diagnostic[];
  readonly failed: () => boolean;
}

/** More than anybody reads at once, and few enough that a hostile document does not hold up others. */
const MOST = 1_000;

export function createReport(file: string, placeOf: (path: Path, aim: Aim) => Place): Report {
  const found: Diagnostic[] = [];
  let failed = false;
  const note = (code: DiagnosticCode, placed: () => Place, path: Path, values: LateValues): void => {
    failed ||= diagnosticCatalog[code].severity === 'error';
    if (found.length >= MOST) return;
    const { severity, what, why, fix } = diagnosticCatalog[code];
    const known = typeof values === 'function' ? values() : values;
    const said = (template: string): string => fill(template, known);
    const { line, column } = placed();
    found.push({
      severity,
      code,
      file,
      line,
      column,
      path: pointer(path),
      what: said(what),
      why: said(why),
      fix: said(fix),
    });
  };
  return {
    add: (code, path, values = {}, aim = 'value') => note(code, () => placeOf(path, aim), path, values),
    addAt: (code, place, values = {}) => note(code, () => place, [], values),
    diagnostics: () => inOrder(found),
    failed: () => failed,
  };
}

/** By file, then by place; what was found first at one place stays first. The same thing said twice is said once. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics
    .filter(({ file, line, column, code, path, what }) => {
      const same = JSON.stringify([file, line, column, code, path, what]);
      if (seen.has(same)) return false;
      seen.add(same);
      return true;
    })
    .sort(
      (one, other) =>
        one.file.localeCompare(other.file) || one.line - other.line || one.column - other.column,
    );
}

/** Values are cut, so that a mistake in a long text does not bury what is said about it. */
function fill(template: string, values: Values): string {
  return template.replaceAll(/\{([a-z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? shortened(values[name] ?? '') : name === 'suggestion' ? '' : whole,
  );
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trimEnd();
  return line.length > 400 ? `${line.slice(0, 397)}...` : line;
}
