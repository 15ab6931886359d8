import type { Diagnostic } from '../../../contracts/diagnostic.js';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import { isMapping } from '../lint/walk.js';
import type { FolderFiles } from '../resolve-resources.js';
import { noParts, type SharedParts } from '../shared-parts.js';
import { valueAt } from '../source/path.js';
import { inOrder } from '../source/report.js';
import { checkAgreement } from './agreement.js';
import { lintCalls } from './calls.js';
import { lintForms } from './forms.js';
import { lintFunctions } from './functions.js';
import { lintHumanTasks } from './human-tasks.js';
import { lintParts } from './parts.js';
import type { UseCasePorts } from './ports.js';
import { formsOf, readFolder, type Part, type ReadFolder } from './read-folder.js';
import { lintPresentation } from './presentation.js';
import { lintScenarios } from './scenarios.js';
import { lintTexts } from './texts.js';

/**
 * Everything about the folder of a use case: each file by itself, and how they fit together. Never throws; by file, in
 * order of place. More than loading needs: it runs when somebody validates, and in tests, not at each start.
 */
export function lintUseCase(
  id: string,
  files: FolderFiles,
  ports: UseCasePorts,
  shared: SharedParts = noParts,
): readonly Diagnostic[] {
  const folder = readFolder(id, files, ports, shared);
  const { manifest, personas } = folder;
  lintForms(folder, ports);
  if (manifest !== undefined) {
    reportDisagreements(folder, manifest);
    lintCalls(folder, manifest, ports);
    lintFunctions(folder, manifest, shared);
    lintTexts(folder, manifest);
    lintParts(folder, manifest);
    lintPresentation(folder, manifest);
    if (personas !== undefined) {
      lintHumanTasks(folder, personas.value, ports);
      lintScenarios(folder, manifest, personas.value, ports);
    }
  }
  return inOrder(folder.reports.flatMap((report) => report.diagnostics()));
}

function reportDisagreements(folder: ReadFolder, manifest: NonNullable<ReadFolder['manifest']>): void {
  const documents = folder.workflows.filter(hasHead);
  const found = checkAgreement(folder.id, manifest.value, {
    workflows: documents.map(({ value }) => value),
    forms: formsOf(folder).map(({ name }) => name),
  });
  for (const { code, workflow, path, values } of found) {
    const report =
      workflow === undefined
        ? manifest.report
        : folder.workflows.find(({ name }) => name === workflow)?.report;
    report?.add(code, path, values);
  }
}

function hasHead(part: Part<unknown>): part is Part<Pick<WorkflowDocument, 'document'>> {
  const head = isMapping(part.value) ? valueAt(part.value, ['document']) : undefined;
  return isMapping(head) && typeof head['name'] === 'string' && typeof head['namespace'] === 'string';
}
