import type { Json } from '../../contracts/json.js';

/**
 * Where a document is performed: the run itself, or a task that performs a shared part. Each has data of its own; what
 * happens in it is journaled in the one journal of the run.
 */
export interface Frame {
  /** The task that performs the part; empty for the run itself. */
  readonly key: string;
  /** The part, as `name:version`; empty for the run itself. */
  readonly part: string;
  /** The step that its tasks belong to, if they name none. */
  readonly step: string | undefined;
  readonly input: Json;
  readonly startedAt: string;
  /** `$context` after the last export, in the journal's order: parallel branches share it. */
  context: Json;
}

export function rootFrame(input: Json = null, startedAt = ''): Frame {
  return { key: '', part: '', step: undefined, input, startedAt, context: null };
}

const WITHIN = '/run/';

/** The innermost frame that a task instance lies in. */
export function frameOf(frames: ReadonlyMap<string, Frame>, key: string): Frame {
  if (frames.size > 1) {
    for (let end = key.lastIndexOf('/'); end > 0; end = key.lastIndexOf('/', end - 1)) {
      // What extends or undoes the task that performs a part lies below it, too, but not in the part.
      const found = key.startsWith(WITHIN, end) ? frames.get(key.slice(0, end)) : undefined;
      if (found !== undefined) return found;
    }
  }
  const root = frames.get('');
  if (root === undefined) throw new Error('A run without a frame');
  return root;
}

/** The key under which the tasks of a frame lie. */
export function frameRoot({ key }: Frame): string {
  return key === '' ? '' : `${key}/run`;
}
