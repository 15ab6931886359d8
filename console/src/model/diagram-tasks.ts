import type { Task, TaskKind, TaskList } from '../../../contracts/workflow.js';

const kinds = [
  'call',
  'emit',
  'fork',
  'listen',
  'raise',
  'run',
  'set',
  'switch',
  'try',
  'wait',
  'for',
  'do',
] as const satisfies readonly TaskKind[];

/** A loop has a `do` too, so the order counts. */
export function kindOf(task: Task): TaskKind {
  return kinds.find((kind) => kind in task) ?? 'do';
}

/** A list of tasks inside a task, and where it stands in it. */
export interface TaskPart {
  readonly at: string;
  readonly list: TaskList;
  /** Where the list begins in the document's list. */
  readonly first: number;
  /** Of what is not the main part. */
  readonly title: string | undefined;
}

export function partsOf(task: Task): readonly TaskPart[] {
  if ('fork' in task)
    return task.fork.branches.map((branch, index) => ({
      at: '/fork/branches',
      // A branch is one task; as a list of its own it is drawn beside the others.
      list: [branch],
      first: index,
      title: undefined,
    }));
  if ('try' in task) {
    const caught = task.catch.do ?? [];
    return [
      { at: '/try', list: task.try, first: 0, title: undefined },
      ...(caught.length === 0 ? [] : [{ at: '/catch/do', list: caught, first: 0, title: 'catch' }]),
    ];
  }
  if ('listen' in task) {
    const each = task.foreach?.do ?? [];
    return each.length === 0 ? [] : [{ at: '/foreach/do', list: each, first: 0, title: undefined }];
  }
  if ('do' in task) return [{ at: '/do', list: task.do, first: 0, title: undefined }];
  return [];
}

/** A way out of a task that its document names. */
export interface Way {
  readonly name: string;
  readonly then: string;
  /** Taken when nothing before it was. */
  readonly always: boolean;
}

export function casesOf(task: Task): readonly Way[] {
  if ('switch' in task)
    return task.switch.flatMap((one) =>
      Object.entries(one).map(([name, { when, then }]) => ({ name, then, always: when === undefined })),
    );
  return task.then === undefined ? [] : [{ name: task.then, then: task.then, always: true }];
}

/** `payments` for a call of that service, `humanTask` for a function, `application` for another workflow. */
export function calledIn(task: Task): string | undefined {
  if ('run' in task) return task.run.workflow.name;
  if (!('call' in task)) return undefined;
  if (task.call !== 'openapi') return task.call.split(':')[0];
  const document = task.with?.['document'] as { endpoint?: string | { uri: string } } | undefined;
  const uri = typeof document?.endpoint === 'string' ? document.endpoint : document?.endpoint?.uri;
  return /^govstack:\/\/([^/]+)\//.exec(uri ?? '')?.[1];
}
