import type { Clock } from '../contracts/clock.js';
import type { DocumentStore } from '../contracts/documents.js';
import type { WorkspaceId } from '../contracts/ids.js';
import type { Journal } from '../contracts/journal.js';
import { streams } from '../contracts/streams.js';
import type { MovableClocks } from '../orchestrator/workspaces/workspace-clocks.js';

/** What the orchestrator keeps per workspace; the blocks reset themselves. */
const collections = [
  'openings',
  'cases',
  'runs',
  'tasks',
  'timers',
  'timer-dues',
  'claims',
  'persons',
  'person-index',
  'counters',
  'events',
  'schedules',
];

/** Empties a workspace: its cases, runs, tasks, log and clock. Jobs that still come find nothing and end. */
export async function resetWorkspace(
  deps: { documents: DocumentStore; journal: Journal; clocks: MovableClocks; realClock: Clock },
  workspace: WorkspaceId,
  by: string,
): Promise<void> {
  for (const name of collections) await deps.documents.collection(name).deleteByPrefix(`${workspace}/`);
  await deps.journal.deleteByPrefix(`${workspace}/`);
  await deps.clocks.forget(workspace);
  const now = deps.realClock.now().toISOString();
  await deps.journal.append(streams.log(workspace), 'any', [
    { event: { type: 'workspace.reset', by, time: now, at: now } },
  ]);
}
