import type { Task, TaskKind } from '../../contracts/workflow.js';

/** `for`, `listen`, `try`, … also carry `do` or `with`: the more specific key decides. */
export const taskKinds: readonly TaskKind[] = [
  'call',
  'emit',
  'for',
  'fork',
  'listen',
  'raise',
  'run',
  'set',
  'switch',
  'try',
  'wait',
  'do',
];

export function kindOf(task: Task): TaskKind {
  const kind = taskKinds.find((candidate) => candidate in task);
  if (kind === undefined) throw new Error('A task without a kind passed validation');
  return kind;
}
