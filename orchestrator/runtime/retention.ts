import type { Case } from '../../contracts/case.js';
import type { WorkspaceClocks } from '../../contracts/clock.js';
import { changeDocument } from '../../contracts/documents.js';
import type { CaseId, RunId, WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import type { Run } from '../../contracts/run.js';
import type { RunStatus } from '../../contracts/run-event.js';
import { streams } from '../../contracts/streams.js';
import { addDuration } from '../engine/index.js';
import { caseDocumentId, type Cases } from './cases.js';
import type { RunStore } from './run-store.js';

/** What is kept of runs that ended; everything when neither is given. Faulted runs are kept: they may be resumed. */
export interface RetentionPolicy {
  /** SANDBOX_KEEP_RUNS: so many per workspace, the latest. */
  readonly most?: number;
  /** SANDBOX_KEEP_RUNS_FOR: as long as this ISO 8601 duration, on the workspace's clock. */
  readonly longest?: string;
}

export interface RetentionDeps {
  readonly journal: Journal;
  readonly store: RunStore;
  readonly cases: Cases;
  readonly clocks: WorkspaceClocks;
  readonly policy: RetentionPolicy;
}

const ended: readonly RunStatus[] = ['completed', 'cancelled'];
const PAGE = 500;

/**
 * Removes runs that ended: journal, inbox, view. A case's runs go together, once all of them have ended: until then
 * one of them may ask for another again, and must find that it was done. Cases stay, with their history, and note what
 * was removed: the same request does not run anything again. Exchanges stay too: their chain is one.
 */
export function createRetention(deps: RetentionDeps): { sweep(): Promise<number> } {
  const { journal, store, cases, clocks, policy } = deps;

  async function allEnded(): Promise<readonly Run[]> {
    const found: Run[] = [];
    for (let after: string | undefined; ;) {
      const page = await store.runs.find({
        filter: { status: ended },
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      found.push(...page.map(({ doc }) => doc));
      after = page.at(-1)?.doc._id;
      if (page.length < PAGE) return found;
    }
  }

  function tooOld({ workspace, endedAt }: Run): boolean {
    if (policy.longest === undefined || endedAt === undefined) return false;
    const until = addDuration(new Date(endedAt), policy.longest);
    return until !== undefined && until <= clocks.of(workspace).now();
  }

  async function remove(workspace: WorkspaceId, caseId: CaseId, runs: readonly RunId[]): Promise<number> {
    const siblings = await store.runs.find({ idPrefix: `${workspace}/`, filter: { caseId } });
    if (siblings.some(({ doc }) => !ended.includes(doc.status))) return 0;
    // First the note, so that a crash in between cannot make a removed run look like one that never began.
    await changeDocument(cases.collection, caseDocumentId(workspace, caseId), (of): Case | undefined => {
      const removed = [...new Set([...(of.removed ?? []), ...runs])];
      return removed.length === of.removed?.length ? undefined : { ...of, removed };
    });
    await journal.remove(runs.flatMap((run) => [streams.run(workspace, run), streams.inbox(workspace, run)]));
    for (const run of runs) await store.runs.delete(`${workspace}/${run}`);
    return runs.length;
  }

  return {
    sweep: async () => {
      if (policy.most === undefined && policy.longest === undefined) return 0;
      let removed = 0;
      for (const [workspace, runs] of byWorkspace(await allEnded())) {
        const latestFirst = [...runs].sort((one, other) =>
          (other.endedAt ?? '').localeCompare(one.endedAt ?? ''),
        );
        const most = policy.most ?? Number.POSITIVE_INFINITY;
        const over = latestFirst.filter((run, index) => index >= most || tooOld(run));
        for (const [caseId, ids] of byCase(over)) removed += await remove(workspace, caseId, ids);
      }
      return removed;
    },
  };
}

function byWorkspace(runs: readonly Run[]): ReadonlyMap<WorkspaceId, readonly Run[]> {
  const groups = new Map<WorkspaceId, Run[]>();
  for (const run of runs) {
    const group = groups.get(run.workspace) ?? [];
    groups.set(run.workspace, group);
    group.push(run);
  }
  return groups;
}

function byCase(runs: readonly Run[]): ReadonlyMap<CaseId, readonly RunId[]> {
  const groups = new Map<CaseId, RunId[]>();
  for (const run of runs) {
    const group = groups.get(run.caseId) ?? [];
    groups.set(run.caseId, group);
    group.push(run.id);
  }
  return groups;
}
