import type { JournaledEvent } from '../engine/index.js';

/**
 * Task instances whose withdrawal a crash may have prevented: those that were cancelled, such as the losers of a race, and
 * those that were begun and will never end, because something around them did. Withdrawing twice changes nothing. Called for runs that a crash interrupted, so it may take a whole pass.
 */
export function orphansOf(journal: readonly JournaledEvent[], runEnded: boolean): readonly string[] {
  const begun = new Set<string>();
  const ended = new Set<string>();
  const cancelled = new Set<string>();
  for (const { event } of journal) {
    switch (event.type) {
      case 'task.started':
        begun.add(event.key);
        cancelled.delete(event.key);
        break;
      case 'task.completed':
      case 'task.faulted':
      case 'task.skipped':
      case 'task.cancelled':
        if (event.type === 'task.cancelled') cancelled.add(event.key);
        begun.delete(event.key);
        ended.add(event.key);
        break;
      default:
    }
  }
  return [...cancelled, ...[...begun].filter((key) => runEnded || liesWithin(key, ended))];
}

function liesWithin(key: string, ended: ReadonlySet<string>): boolean {
  for (let at = key.lastIndexOf('/'); at > 0; at = key.lastIndexOf('/', at - 1))
    if (ended.has(key.slice(0, at))) return true;
  return false;
}
