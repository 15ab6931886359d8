import type { RunEvent } from '../../../contracts/run-event.js';
import type { WaitingFor } from '../../../contracts/run.js';

export type TaskStanding = 'running' | 'waiting' | 'done' | 'failed' | 'skipped' | 'cancelled';

/** How a task of the document stands in a run; a loop's tasks stand for all their iterations. */
export interface TaskPosition {
  readonly standing: TaskStanding;
  /** How often it was begun, over iterations and visits. */
  readonly count: number;
  readonly attempts: number;
  /** Sequence numbers of its events: where its input and output lie. */
  readonly events: readonly number[];
  /** The instance that moved last. */
  readonly key: string;
}

export interface Recorded {
  readonly seq: number;
  readonly event: RunEvent;
}

/** By JSON pointer into the document. */
export function positionsOf(
  records: readonly Recorded[],
  waiting: readonly WaitingFor[],
): ReadonlyMap<string, TaskPosition> {
  const positions = new Map<string, TaskPosition>();
  for (const { seq, event } of records) {
    const standing = standingAfter(event);
    if (standing === undefined || !('key' in event)) continue;
    const pointer = pointerIn(event.key);
    const before = positions.get(pointer);
    positions.set(pointer, {
      standing,
      count: (before?.count ?? 0) + (event.type === 'task.started' || before === undefined ? 1 : 0),
      attempts: (before?.attempts ?? 0) + (event.type === 'task.retried' ? 1 : 0),
      events: [...(before?.events ?? []), seq],
      key: event.key,
    });
  }
  for (const { key } of waiting) {
    const pointer = pointerIn(key.split('!')[0] ?? key);
    const before = positions.get(pointer);
    positions.set(pointer, {
      count: 1,
      attempts: 0,
      events: [],
      ...before,
      key,
      standing: 'waiting',
    });
  }
  return positions;
}

function standingAfter(event: RunEvent): TaskStanding | undefined {
  switch (event.type) {
    case 'task.started':
    case 'task.retried':
    case 'task.consumed':
    case 'task.iterated':
      return 'running';
    case 'task.completed':
      return 'done';
    case 'task.faulted':
      return 'failed';
    case 'task.skipped':
      return 'skipped';
    case 'task.cancelled':
      return 'cancelled';
    default:
      return undefined;
  }
}

/**
 * The place in the document of a task instance: its key without iterations, attempts and visits. The name of a task may
 * look like a word of the language, so the key is walked from its start, a word and its entry at a time.
 */
export function pointerIn(key: string): string {
  const segments = key.split('/').slice(1);
  let pointer = '';
  for (let at = 0; at < segments.length;) {
    const word = (segments[at] ?? '').replace(/#\d+$/, '');
    at += 1;
    // Iterations lie in the task's own `do`, which follows.
    if (word === 'for') continue;
    pointer += `/${word}`;
    if (word === 'fork' || word === 'catch' || word === 'foreach') {
      pointer += `/${segments[at] ?? ''}`;
      at += 1;
    }
    const [index, name] = [segments[at], segments[at + 1]];
    if (index !== undefined) pointer += `/${index}`;
    if (name !== undefined) pointer += `/${name.replace(/(?:[@*]\d+)+$/, '')}`;
    at += 2;
  }
  return pointer;
}
