import type { Reuse } from '../../contracts/reuse.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { tasksOf } from './lint/walk.js';

/** Computed from the documents as they are loaded. */
export function reuseOf(workflows: readonly WorkflowDocument[]): Reuse {
  const parts = new Map(workflows.flatMap(({ parts: attached }) => Object.entries(attached ?? {})));
  const count = (document: WorkflowDocument): number => [...tasksOf(document)].length;
  const listed = [...parts.values()]
    .map((part) => ({ name: part.document.name, version: part.document.version, tasks: count(part) }))
    .sort((one, other) => one.name.localeCompare(other.name));
  const own = workflows.reduce((sum, one) => sum + count(one), 0);
  const shared = listed.reduce((sum, { tasks }) => sum + tasks, 0);
  const percent = own + shared === 0 ? 0 : Math.floor((shared * 1000) / (own + shared)) / 10;
  return { own, shared, percent, parts: listed };
}
