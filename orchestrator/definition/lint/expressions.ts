import type { Path } from '../source/path.js';
import type { Report } from '../source/report.js';
import { listed, suggestion } from '../source/suggest.js';
import type { LintPorts } from './ports.js';
import { positionsOf, type Position } from './positions.js';
import { isMapping } from './walk.js';

/** Known in every expression. OWS DSL 1.0.3, Runtime Expression Arguments. */
const everywhere = ['context', 'input', 'output', 'authorization', 'task', 'workflow', 'runtime'];

/** Programs of a document with the secrets that they name: `$secrets.registry`. */
export interface FoundProgram {
  readonly path: Path;
  readonly program: string;
}

/** Compiling a program takes up to a millisecond; a document of the size that is allowed could hold many thousands. */
const MOST_PROGRAMS = 2_000;

/** Checks every expression of a document, and texts that only look like one; gives the programs. */
export function lintExpressions(
  document: unknown,
  report: Report,
  ports: LintPorts,
): readonly FoundProgram[] {
  const programs: FoundProgram[] = [];
  const checked = new Map<string, string | undefined>();
  const check = (program: string, variables: readonly string[]): string | undefined => {
    const key = JSON.stringify([program, variables]);
    if (!checked.has(key) && checked.size < MOST_PROGRAMS)
      checked.set(key, ports.checkExpression(program, variables));
    return checked.get(key);
  };
  for (const position of positionsOf(document)) {
    for (const { path, text, bare } of textsIn(position.value, position.path, position.mode === 'bare')) {
      const program = ports.programOf(text) ?? (bare ? text : undefined);
      if (program === undefined) lintPlainText(path, text, report);
      else {
        programs.push({ path, program });
        lintProgram(path, program, position, report, check);
      }
    }
  }
  if (checked.size >= MOST_PROGRAMS)
    report.add('too-large', [], { reason: `it has more than ${MOST_PROGRAMS} different expressions` });
  return programs;
}

function lintProgram(
  path: Path,
  program: string,
  position: Position,
  report: Report,
  check: LintPorts['checkExpression'],
): void {
  const known = [...everywhere, ...position.variables, ...(position.secrets ? ['secrets'] : [])];
  const reason = check(program, known);
  if (reason === undefined) return;
  const name = /\$([A-Za-z_]\w*) is not defined/.exec(reason)?.[1];
  if (name === 'secrets') report.add('secrets-out-of-place', path);
  else if (name !== undefined)
    report.add('unknown-variable', path, {
      name,
      known: listed(known.map((one) => `$${one}`)),
      suggestion: suggestion(name, known),
    });
  else report.add('bad-expression', path, { reason, text: 'https://jqlang.org/manual/' });
}

/** A path from the input, or from one of the variables that are known everywhere. */
const looksLikeJq =
  /^\s*(\.[A-Za-z_]\w*([.[]|\s*$|\s*[|/+=!<>-])|\$(context|input|output|secrets|workflow|task|runtime)\b)/;

function lintPlainText(path: Path, text: string, report: Report): void {
  if (/\$\{[^}]*\}/.test(text)) report.add('embedded-expression', path);
  else if (looksLikeJq.test(text)) report.add('not-evaluated', path, { text: text.trim().slice(0, 60) });
}

function* textsIn(
  value: unknown,
  path: Path,
  bare: boolean,
): Generator<{ readonly path: Path; readonly text: string; readonly bare: boolean }> {
  if (typeof value === 'string') yield { path, text: value, bare };
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* textsIn(item, [...path, index], false);
  else if (isMapping(value))
    for (const [key, member] of Object.entries(value)) yield* textsIn(member, [...path, key], false);
}
