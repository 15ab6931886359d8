import { SandboxError } from '../../contracts/problems.js';
import type { WorkflowReference } from '../../contracts/workflow.js';
import type { Catalog } from './catalog.js';

/**
 * The definition that a run task means: `latest` is the newest version now, and stays so for this child. A sentence
 * when there is no such workflow. OWS DSL 1.0.3, Run, `workflow.version`.
 */
export function childWorkflow(
  catalog: Pick<Catalog, 'latest' | 'workflow'>,
  useCase: string,
  { namespace, name, version }: WorkflowReference,
): WorkflowReference | string {
  try {
    const wanted = version === 'latest' ? catalog.latest(useCase, name).version : version;
    const { document } = catalog.workflow(useCase, { namespace, name, version: wanted });
    return { namespace: document.namespace, name: document.name, version: document.version };
  } catch (error) {
    if (error instanceof SandboxError) return error.detail;
    throw error;
  }
}
