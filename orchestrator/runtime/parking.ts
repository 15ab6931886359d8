import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { RunId, WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import type { Json } from '../../contracts/json.js';
import type { Logger } from '../../contracts/logger.js';
import type { Metrics } from '../../contracts/metrics.js';
import { problems, SandboxError } from '../../contracts/problems.js';
import type { RunError, RunEvent } from '../../contracts/run-event.js';
import { streams } from '../../contracts/streams.js';
import { pointerOf, standardError } from '../engine/index.js';
import type { Cases } from './cases.js';
import { runDocumentId, type RunStore } from './run-store.js';

/** An effect could not be performed, for a reason that is no workflow error: a defect, or a store that is away. */
export class EffectFailedError extends Error {
  constructor(
    readonly key: string,
    cause: unknown,
  ) {
    super(`The effect of ${key} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.name = 'EffectFailedError';
  }
}

/**
 * Parks a run whose advance keeps failing: journals `run.faulted` with the cause, shows it at the case, and rests the
 * run until somebody resumes it. Nothing of the run is read for it but its version, since reading may be what fails.
 * Its parent is not told: it goes on waiting, and hears of the child's end when that was resumed.
 */
export type Park = (workspace: WorkspaceId, run: RunId, cause: unknown, attempts: number) => Promise<void>;

export function createPark(deps: {
  journal: Journal;
  store: RunStore;
  cases: Cases;
  clocks: WorkspaceClocks;
  realClock: Clock;
  logger: Logger;
  metrics?: Pick<Metrics, 'run'>;
}): Park {
  return async (workspace, run, cause, attempts) => {
    const stream = streams.run(workspace, run);
    const view = (await deps.store.runs.get(runDocumentId(workspace, run)))?.doc;
    const version = await deps.journal.version(stream);
    if (view === undefined || version === 0) return;
    // A resume that failed again for the same reason: it rests already.
    if (view.status === 'faulted' && view.version === version) return;
    const time = deps.clocks.of(workspace).now().toISOString();
    const error = parkedError(cause, attempts);
    const event: RunEvent = {
      type: 'run.faulted',
      error,
      chain: [],
      parked: true,
      time,
      at: deps.realClock.now().toISOString(),
    };
    const result = await deps.journal.append(stream, version, [{ event: event as unknown as Json }]);
    // Another worker goes on with it: then it is not stuck.
    if (result.kind === 'conflict') return;
    deps.logger.error({ err: cause, run, attempts }, 'a run is parked');
    deps.metrics?.run(view.useCase, 'parked');
    await deps.cases.setTrouble(workspace, view.caseId, error.detail);
    await deps.store.project({
      ...view,
      status: 'faulted',
      endedAt: time,
      error,
      waiting: [],
      version: result.version,
    });
  };
}

function parkedError(cause: unknown, attempts: number): RunError {
  const [instance, reason] =
    cause instanceof EffectFailedError ? [pointerOf(cause.key), cause.cause] : ['/', cause];
  const { title } = problems['GSB-RUN-002'];
  const detail = `Parked after ${attempts} attempts: ${reasonOf(reason)} Mend the cause, then resume the run. [GSB-RUN-002]`;
  return standardError('runtime', instance, detail, { title }).error;
}

/** Whether a run's error says that it is parked, and not that its workflow failed. */
export function isParked(error: RunError): boolean {
  return error.title === problems['GSB-RUN-002'].title;
}

const LONGEST_REASON = 300;

/** What may be shown. Errors of JSON.parse quote the text, and so what may be personal. */
function reasonOf(cause: unknown): string {
  if (cause instanceof SandboxError) return sentence(`${cause.title}: ${cause.detail}`);
  if (typeof cause !== 'object' || cause === null) return sentence(String(cause).slice(0, LONGEST_REASON));
  const { name, message } = cause as { readonly name?: unknown; readonly message?: unknown };
  if (name === 'SyntaxError') return 'Something stored for it is not valid JSON.';
  return sentence((typeof message === 'string' ? message : 'An unknown failure').slice(0, LONGEST_REASON));
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
