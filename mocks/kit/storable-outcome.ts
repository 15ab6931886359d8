import { SandboxError } from '../../contracts/problems.js';
import { isStorableId } from '../../contracts/storable.js';
import type { JobOutcome } from './block-definition.js';

/** What stores put before an identifier: the workspace, the block, the kind. */
const ROOM_FOR_PREFIXES = 100;

/**
 * Raises GSB-REQ-001 for an identifier that no store takes, before anything of the outcome is written: an outcome that
 * is on record and cannot be carried out would stand in the way of every later one.
 */
export function assertStorable({ effects = [], callbacks = [], jobs = [] }: JobOutcome): void {
  const ids = [
    ...effects.map((effect) => (effect.kind === 'put' ? effect.doc._id : effect.id)),
    ...callbacks.map(({ id }) => id),
    ...jobs.map(({ job }) => job.id),
  ];
  const wrong = ids.find((id) => id === '' || !isStorableId('x'.repeat(ROOM_FOR_PREFIXES) + id));
  if (wrong === undefined) return;
  const shown = JSON.stringify(wrong.length > 40 ? `${wrong.slice(0, 40)}…` : wrong);
  throw new SandboxError('GSB-REQ-001', {
    detail: `${shown} cannot be an identifier: it must have 1 to 400 characters, without U+0000 or half surrogate pairs`,
  });
}
