import type { Path } from '../source/path.js';

type Mapping = Readonly<Record<string, unknown>>;

/** A task where it stands, as it was written: nothing about it is certain but that it is a mapping. */
export interface TaskSite {
  readonly path: Path;
  readonly name: string;
  readonly task: Mapping;
  /** Absent for a function under `use.functions`. */
  readonly list: ListSite | undefined;
  readonly index: number;
  /** What `for`, `foreach` and `catch` around it have named, without `$`. */
  readonly variables: readonly string[];
  readonly within: 'flow' | 'function' | 'extension';
}

export interface ListSite {
  readonly path: Path;
  /** Index by name; of names that stand twice, the first. */
  readonly positions: ReadonlyMap<string, number>;
  /** Branches of a fork stand side by side: none follows another. */
  readonly kind: 'sequence' | 'branches';
}

/** Every task of a document, however deep, whether the document is otherwise sound or not. */
export function* tasksOf(document: unknown): Generator<TaskSite> {
  if (!isMapping(document)) return;
  yield* inList(document['do'], ['do'], { variables: [], within: 'flow' });
  const use = document['use'];
  if (!isMapping(use)) return;
  for (const [name, task] of entriesOf(use['functions'])) {
    const around: Around = { variables: [], within: 'function' };
    yield* taskAndInner(task, ['use', 'functions', name], name, undefined, 0, around);
  }
  for (const { path, extension } of extensionsOf(document)) {
    const around: Around = { variables: [], within: 'extension' };
    yield* inList(extension['before'], [...path, 'before'], around);
    yield* inList(extension['after'], [...path, 'after'], around);
  }
}

export function* extensionsOf(
  document: unknown,
): Generator<{ path: Path; name: string; extension: Mapping }> {
  const use = isMapping(document) ? document['use'] : undefined;
  const extensions = isMapping(use) ? use['extensions'] : undefined;
  if (!Array.isArray(extensions)) return;
  for (const [index, entry] of extensions.entries()) {
    for (const [name, extension] of entriesOf(entry)) {
      if (isMapping(extension)) yield { path: ['use', 'extensions', index, name], name, extension };
    }
  }
}

interface Around {
  readonly variables: readonly string[];
  readonly within: TaskSite['within'];
}

function* inList(
  list: unknown,
  path: Path,
  around: Around,
  kind: ListSite['kind'] = 'sequence',
): Generator<TaskSite> {
  if (!Array.isArray(list)) return;
  const positions = new Map<string, number>();
  for (const [index, entry] of list.entries())
    for (const [name] of entriesOf(entry)) if (!positions.has(name)) positions.set(name, index);
  const site: ListSite = { path, positions, kind };
  for (const [index, entry] of list.entries()) {
    for (const [name, task] of entriesOf(entry)) {
      yield* taskAndInner(task, [...path, index, name], name, site, index, around);
    }
  }
}

function* taskAndInner(
  task: unknown,
  path: Path,
  name: string,
  list: ListSite | undefined,
  index: number,
  around: Around,
): Generator<TaskSite> {
  if (!isMapping(task)) return;
  yield { path, name, task, list, index, ...around };
  const loop = task['for'];
  const inner = isMapping(loop)
    ? withVariables(around, loop['each'] ?? 'item', loop['at'] ?? 'index')
    : around;
  yield* inList(task['do'], [...path, 'do'], inner);
  const fork = task['fork'];
  if (isMapping(fork)) yield* inList(fork['branches'], [...path, 'fork', 'branches'], around, 'branches');
  const each = task['foreach'];
  if (isMapping(each)) {
    const variables = withVariables(around, each['item'] ?? 'item', each['at'] ?? 'index');
    yield* inList(each['do'], [...path, 'foreach', 'do'], variables);
  }
  yield* inList(task['try'], [...path, 'try'], around);
  const caught = task['catch'];
  if (isMapping(caught))
    yield* inList(caught['do'], [...path, 'catch', 'do'], withVariables(around, caught['as'] ?? 'error'));
}

function withVariables(around: Around, ...names: readonly unknown[]): Around {
  const texts = names.filter((name): name is string => typeof name === 'string');
  return { ...around, variables: [...around.variables, ...texts] };
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isMapping(value) ? Object.entries(value) : [];
}
