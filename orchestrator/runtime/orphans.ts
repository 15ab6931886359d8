import type { JournaledEvent } from '../engine/index.js';

/**
 * Task instances that were begun and will never end, because something around them did: the losers of a race whose
 * withdrawal a crash prevented. Called for runs that a crash interrupted, so it may take a whole pass.
 */
export function orphansOf(journal: readonly JournaledEvent[], runEnded: boolean): readonly string[] {
  const begun = new Set<string>();
  const ended = new Set<string>();
  for (const { event } of journal) {
    switch (event.type) {
      case 'task.started':
        begun.add(event.key);
        break;
      case 'task.completed':
      case 'task.faulted':
      case 'task.skipped':
      case 'task.cancelled':
        begun.delete(event.key);
        ended.add(event.key);
        break;
      default:
    }
  }
  return [...begun].filter((key) => runEnded || liesWithin(key, ended));
}

function liesWithin(key: string, ended: ReadonlySet<string>): boolean {
  for (let at = key.lastIndexOf('/'); at > 0; at = key.lastIndexOf('/', at - 1))
    if (ended.has(key.slice(0, at))) return true;
  return false;
}
