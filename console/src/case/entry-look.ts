import type { EntryStatus, TaskEntry, TimelineEntry } from '../model/timeline.js';

export type EntryLook = EntryStatus | 'waiting';

/** What is under way outside the runtime (a person, a date, a callback) is waiting, not running. */
export function lookOf(entry: TimelineEntry): EntryLook {
  if (entry.type === 'run') return entry.what === 'faulted' ? 'failed' : 'done';
  if (entry.type === 'call') return 'done';
  return entry.status === 'running' && isOutside(entry) ? 'waiting' : entry.status;
}

export function isOutside({ target, kind }: Pick<TaskEntry, 'target' | 'kind'>): boolean {
  return target?.startsWith('humanTask') === true || kind === 'wait' || kind === 'listen';
}
