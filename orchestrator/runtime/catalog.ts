import type { CaseKind } from '../../contracts/use-case.js';
import type { ScheduledWorkflow } from './schedules/scheduled-workflow.js';
import type { WorkflowDocument, WorkflowReference } from '../../contracts/workflow.js';

/** The loaded use cases, as the runtime sees them. Unknown names are GSB-REQ-002 or GSB-DEF-001. */
export interface Catalog {
  caseKind(useCase: string, kind: string): CaseKind;
  workflow(useCase: string, reference: WorkflowReference): WorkflowDocument;
  /** The newest version of a workflow of the use case. */
  latest(useCase: string, name: string): WorkflowReference;
  /** The use case's own place in the mediator: `instance/class/member/application`. */
  client(useCase: string): string;
  /** The newest version of each workflow that starts by itself; none when absent. */
  scheduled?(): readonly ScheduledWorkflow[];
  /** The building block behind a service's alias. */
  blockOf?(useCase: string, alias: string): string | undefined;
}
