import { SandboxError } from '../../contracts/problems.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { checkDocument } from './check-document.js';
import { said } from './said.js';
import type { FolderFiles } from './resolve-resources.js';

/**
 * Parses and checks a workflow document, with the files of its folder for what lies in files of its own. Raises
 * GSB-DEF-002 for refused tasks and GSB-DEF-001 for all other errors, each with file, line, column and path.
 */
export function loadWorkflow(text: string, file: string, files?: FolderFiles): WorkflowDocument {
  const { document, report } = checkDocument(text, file, { files });
  if (document !== undefined) return document;
  const errors = report.diagnostics().filter(({ severity }) => severity === 'error');
  const refused = errors.filter(({ code }) => code === 'refused-task');
  throw refused.length > 0
    ? new SandboxError('GSB-DEF-002', { detail: said(refused) })
    : new SandboxError('GSB-DEF-001', { detail: said(errors) });
}
