import type { Extension, TaskKind, WorkflowDocument } from '../../contracts/workflow.js';
import { taskKinds } from './task-kind.js';

/** An extension of the document, with its place in `use.extensions`. */
export interface NamedExtension {
  readonly index: number;
  readonly name: string;
  readonly extension: Extension;
}

/** The extensions that may apply to a task, by its kind, in the order of the document. */
export type Extensions = ReadonlyMap<TaskKind, readonly NamedExtension[]>;

/** `composite` is what the specification calls a `do` task there; `fork` is reached by `all` alone. */
export function extensionsOf(document: WorkflowDocument): Extensions {
  const all = (document.use?.extensions ?? []).flatMap((entry, index) =>
    Object.entries(entry).map(([name, extension]) => ({ index, name, extension })),
  );
  if (all.length === 0) return new Map();
  return new Map(
    taskKinds.map((kind) => [
      kind,
      all.filter(({ extension: { extend } }) =>
        extend === 'composite' ? kind === 'do' : extend === 'all' || extend === kind,
      ),
    ]),
  );
}
