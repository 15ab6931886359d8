import { basename } from 'node:path';
import type { Diagnostic, Validation } from '../../contracts/diagnostic.js';
import { checkDocument } from '../../orchestrator/definition/check-document.js';
import type { FolderFiles } from '../../orchestrator/definition/resolve-resources.js';
import type { SharedParts } from '../../orchestrator/definition/shared-parts.js';
import { lintShared } from '../../orchestrator/definition/use-case/lint-shared.js';
import { lintUseCase } from '../../orchestrator/definition/use-case/lint-use-case.js';
import { createEvaluator, type Evaluator } from '../../orchestrator/expressions/evaluator.js';
import { createLintPorts } from './lint-ports.js';
import { createUseCasePorts } from './use-case-ports.js';

/** Validation as the command line and the API offer it: everything that can be said about a document or a use case. */
export interface Validator {
  /** A workflow document by itself; `files` are those of its folder. */
  document(text: string, file: string, files?: FolderFiles): Validation;
  /** A whole use case: its folder's name and files, and the parts that lie beside it. */
  useCase(id: string, files: FolderFiles, shared?: SharedParts): Validation;
  /** The parts that use cases share, each by itself. */
  shared(parts: SharedParts): Validation;
}

export async function createValidator(evaluator?: Evaluator): Promise<Validator> {
  const lint = createLintPorts(evaluator ?? (await createEvaluator()));
  const ports = createUseCasePorts(lint);
  return {
    document: (text, file, files) => verdict(checkDocument(text, file, { lint, files }).report.diagnostics()),
    shared: (parts) => verdict(lintShared(parts, ports)),
    useCase: (id, files, shared) => verdict(lintUseCase(basename(id), files, ports, shared)),
  };
}

function verdict(diagnostics: readonly Diagnostic[]): Validation {
  return { valid: diagnostics.every(({ severity }) => severity !== 'error'), diagnostics };
}
