import { SandboxError } from '../../contracts/problems.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { documentSchema } from './document-schema.js';
import { parseYaml } from './positions.js';
import { findRefusals } from './refused-tasks.js';

/** Parses and checks a workflow document. GSB-DEF-001 or GSB-DEF-002, each naming file, line and path. */
export function loadWorkflow(text: string, file: string): WorkflowDocument {
  const { value, at } = parseYaml(text, file);
  const refused = findRefusals(value);
  if (refused.length > 0) {
    throw new SandboxError('GSB-DEF-002', {
      detail: refused.map(({ path, reason }) => `${at(path)}: ${reason}`).join('\n'),
    });
  }
  const parsed = documentSchema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${at(path)}: /${path.map(String).join('/')}: ${message}`,
    );
    throw new SandboxError('GSB-DEF-001', { detail: problems.join('\n') });
  }
  return value as WorkflowDocument;
}
