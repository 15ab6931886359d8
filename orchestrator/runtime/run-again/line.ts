import type { WorkspaceId } from '../../../contracts/ids.js';
import type { Run } from '../../../contracts/run.js';
import type { RunStore } from '../run-store.js';

/** All runs that came of one first run, itself included, in the order in which they were started. */
export async function lineOf(store: RunStore, workspace: WorkspaceId, of: Run): Promise<readonly Run[]> {
  const first = firstOf(of);
  const found = await store.runs.find({ idPrefix: `${workspace}/`, filter: { caseId: of.caseId } });
  return found
    .map(({ doc }) => doc)
    .filter((run) => firstOf(run) === first)
    .sort((one, other) => (one.origin?.earlier.length ?? 0) - (other.origin?.earlier.length ?? 0));
}

/** The run that is repeated in all of its line. */
export function firstOf({ id, origin }: Run): string {
  return origin?.earlier[0] ?? id;
}
