import type { Digest } from '../../contracts/digest.js';
import { effectKey } from '../engine/index.js';

/**
 * The Idempotency-Key of an effect: the same for every repetition of it (an attempt after an unclear outcome, a
 * restart after a crash), and for no other effect. `taskKey` is the task instance with visits and iterations; the
 * number of a retry is left out of it.
 */
export type IdempotencyKey = (runId: string, taskKey: string) => string;

export function createIdempotencyKey(digest: Pick<Digest, 'sha256'>): IdempotencyKey {
  // Short and without slashes, since real systems limit such keys; the run stays readable for whoever searches logs.
  return (runId, taskKey) => `${runId}.${digest.sha256(`${runId}\n${effectKey(taskKey)}`).slice(0, 32)}`;
}
