import { createLintPorts } from '../../../app/validation/lint-ports.js';
import type { Diagnostic } from '../../../contracts/diagnostic.js';
import { checkDocument } from '../../../orchestrator/definition/check-document.js';
import { createEvaluator } from '../../../orchestrator/expressions/evaluator.js';

export const lint = createLintPorts(await createEvaluator());

/** Everything that validation says about a document. */
export function diagnose(text: string, files?: ReadonlyMap<string, string>): readonly Diagnostic[] {
  return checkDocument(text, 'w.yaml', { lint, files }).report.diagnostics();
}

export const errorsIn = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.filter(({ severity }) => severity === 'error');
