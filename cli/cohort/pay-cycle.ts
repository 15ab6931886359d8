import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { UseCase } from '../../app/project.js';
import type { Case } from '../../contracts/case.js';
import type { Json } from '../../contracts/json.js';
import type { CohortPlan } from '../../contracts/scenario.js';
import type { Access } from '../access.js';
import { ApiRefusal } from '../api-client.js';
import type { Officers } from './officers.js';

export interface CohortPlace {
  readonly session: Access;
  readonly useCase: UseCase;
  readonly trainer: string;
}

const MOST_MOVES = 30;
const LOOK_AGAIN_MS = 100;

/** Runs one payment cycle to its end; whenever it only waits for time, time is given to it. */
export async function payCycle(
  place: CohortPlace,
  { payment }: CohortPlan,
  officers: Officers,
  input: Json,
): Promise<Case> {
  const cycle = await openCohortCase(place, payment.as, payment.kind, input);
  for (let moves = 0; moves < MOST_MOVES; moves += 1) {
    await officers.atRest();
    const found = await refuseTrouble(place, cycle.id);
    if (found.state === payment.finalState) return found;
    await giveTime(place, payment.advance);
  }
  throw new Error('The payment cycle did not come to its end');
}

/** Moves the clock, or waits for a move that is under way: one that a crash cut short goes on by itself after the start. */
async function giveTime({ session, trainer }: CohortPlace, by: string): Promise<void> {
  const api = session.as(trainer);
  try {
    await api.post('/clock', { by });
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.status !== 409) throw error;
    while ((await api.get<{ state: string }>('/clock')).state === 'moving') await setTimeout(LOOK_AGAIN_MS);
  }
}

export async function openCohortCase(
  { session, useCase }: CohortPlace,
  as: string,
  kind: string,
  input: unknown,
): Promise<Case> {
  // With a key, a request that is sent twice opens one case.
  const key = `cohort/${randomUUID()}`;
  const opened = await session
    .as(as)
    .post<{ case: Case }>('/cases', { useCase: useCase.manifest.id, kind, input, key });
  return opened.case;
}

/** The case as it stands. An Error when it is in trouble: nobody here could help it. */
export async function refuseTrouble({ session, trainer }: CohortPlace, id: string): Promise<Case> {
  const { case: found } = await session.as(trainer).get<{ case: Case }>(`/cases/${id}`);
  if (found.trouble !== undefined) throw new Error(`Case ${found.number} is in trouble: ${found.trouble}`);
  return found;
}
