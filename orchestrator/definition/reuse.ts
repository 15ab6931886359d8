import type { WorkflowDocument } from '../../contracts/workflow.js';
import { tasksOf } from './lint/walk.js';

/** How much of a use case is shared: tasks of its own documents, and of the parts that they perform, each part once. */
export interface Reuse {
  readonly own: number;
  readonly shared: number;
  /** Shared tasks among all, from 0 to 100, rounded down to a tenth. */
  readonly percent: number;
  readonly parts: readonly { readonly name: string; readonly version: string; readonly tasks: number }[];
}

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
