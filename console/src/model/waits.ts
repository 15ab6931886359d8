import type { RunStatus } from '../../../contracts/run-event.js';
import type { WaitingFor } from '../../../contracts/run.js';

interface WaitingRun {
  readonly id: string;
  readonly status: RunStatus;
  readonly waiting: readonly WaitingFor[];
}

interface TaskPlace {
  readonly runId: string;
  readonly key: string;
}

export interface Wait extends WaitingFor {
  readonly run: string;
}

/** What the runs of a case wait for besides people: dates, callbacks, other runs. Soonest first. */
export function waitsOf(runs: readonly WaitingRun[], tasks: readonly TaskPlace[]): readonly Wait[] {
  const people = new Set(tasks.map(({ runId, key }) => `${runId}\n${key}`));
  return runs
    .filter(({ status }) => status === 'waiting' || status === 'running')
    .flatMap(({ id, waiting }) => waiting.map((wait) => ({ ...wait, run: id })))
    .filter(
      ({ run, key }) => !people.has(`${run}\n${key}`) && !people.has(`${run}\n${key.split('!')[0] ?? ''}`),
    )
    .sort((one, other) => (one.due ?? '9999').localeCompare(other.due ?? '9999'));
}
