import type { RunEvent } from '../../contracts/run-event.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import { documentsByName, pointsOf } from './points.js';
import { reachedBy } from './reached.js';

export interface Share {
  readonly reached: number;
  readonly of: number;
  /** From 0 to 100, rounded down to a tenth. */
  readonly percent: number;
}

/** How much of a use case its scenarios came to, and what none of them did. */
export interface Coverage {
  readonly tasks: Share;
  readonly branches: Share;
  readonly missing: { readonly tasks: readonly string[]; readonly branches: readonly string[] };
}

export interface CoverageCount {
  /** The journal of one run, in order. */
  add(events: readonly RunEvent[]): void;
  result(): Coverage;
}

/** Counts what journals show; nothing is put into the workflows or the engine for it. */
export function createCoverage(workflows: readonly WorkflowDocument[]): CoverageCount {
  const documents = documentsByName(workflows);
  const points = [...documents.values()].flatMap(pointsOf);
  const reached = new Set<string>();
  const of = (kind: 'task' | 'branch'): { share: Share; missing: readonly string[] } => {
    const all = points.filter((point) => point.kind === kind).map(({ id }) => id);
    const missing = all.filter((id) => !reached.has(id));
    const count = all.length - missing.length;
    const percent = all.length === 0 ? 100 : Math.floor((count * 1000) / all.length) / 10;
    return { share: { reached: count, of: all.length, percent }, missing };
  };
  return {
    add: (events) => {
      for (const id of reachedBy(events, documents)) reached.add(id);
    },
    result: () => {
      const [tasks, branches] = [of('task'), of('branch')];
      return {
        tasks: tasks.share,
        branches: branches.share,
        missing: { tasks: tasks.missing, branches: branches.missing },
      };
    },
  };
}
