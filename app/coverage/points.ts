import type { WorkflowDocument } from '../../contracts/workflow.js';
import { isMapping, tasksOf } from '../../orchestrator/definition/lint/walk.js';
import { pointer } from '../../orchestrator/definition/source/path.js';

/** Something that a run may come to: a task, or a way that the flow may take at one. */
export interface Point {
  readonly kind: 'task' | 'branch';
  /** `usct/application /do/3/howToIdentify`, and for a branch what it is: ` case otherwise`, ` catch`, ` timeout`. */
  readonly id: string;
}

/** Documents by `namespace/name`: those of a use case, and the parts that they perform, each once. */
export function documentsByName(
  workflows: readonly WorkflowDocument[],
): ReadonlyMap<string, WorkflowDocument> {
  const all = workflows.flatMap((one) => [one, ...Object.values(one.parts ?? {})]);
  return new Map(all.map((one) => [nameOf(one), one]));
}

function nameOf({ document }: Pick<WorkflowDocument, 'document'>): string {
  return `${document.namespace}/${document.name}`;
}

/** Every task; every case of a switch, and falling through it where no case takes the rest; every catch; every timeout. */
export function pointsOf(document: WorkflowDocument): readonly Point[] {
  return [...tasksOf(document)].flatMap(({ path, task }) => {
    const id = `${nameOf(document)} ${pointer(path)}`;
    return [
      { kind: 'task' as const, id },
      ...branchesOf(task).map((name) => ({ kind: 'branch' as const, id: `${id} ${name}` })),
    ];
  });
}

function branchesOf(task: Readonly<Record<string, unknown>>): readonly string[] {
  const branches: string[] = [];
  const cases = Array.isArray(task['switch']) ? (task['switch'] as readonly unknown[]) : [];
  const named = cases.flatMap((entry) => (isMapping(entry) ? Object.entries(entry) : []));
  branches.push(...named.map(([name]) => `case ${name}`));
  if (named.length > 0 && named.every(([, one]) => isMapping(one) && one['when'] !== undefined))
    branches.push('falls through');
  if (task['catch'] !== undefined) branches.push('catch');
  if (task['timeout'] !== undefined) branches.push('timeout');
  return branches;
}
