import type { EffectOrigin } from '../../../contracts/catalog-function.js';
import type { Digest } from '../../../contracts/digest.js';
import { runIdSchema, type RunId, type WorkspaceId } from '../../../contracts/ids.js';
import type { Journal } from '../../../contracts/journal.js';
import { canonicalJson, type Json } from '../../../contracts/json.js';
import type { RunEvent, RunOrigin, Signal } from '../../../contracts/run-event.js';
import { streams } from '../../../contracts/streams.js';
import { begunTasks, effectKey, type BegunTask, type JournaledEvent } from '../../engine/index.js';
import type { RunStore } from '../run-store.js';

/** What the runs before a repeated one did, so that the world recognises what it is asked for a second time. */
export interface EarlierRuns {
  /** What each of them began at this place; those that never came there are left out. */
  begun(
    workspace: WorkspaceId,
    origin: RunOrigin,
    key: string,
  ): Promise<readonly (BegunTask & { readonly runId: string })[]>;
  /**
   * Who an effect is for the world: the same as in the first run when it is asked for with the same arguments
   * there, and otherwise the same in every repetition that asks for it with these.
   */
  identity(
    workspace: WorkspaceId,
    origin: RunOrigin,
    effect: { readonly key: string; readonly args: Json },
  ): Promise<NonNullable<EffectOrigin['identity']>>;
  /** The callbacks that reached any of them: a block that answers from its memory does not call back again. */
  answers(workspace: WorkspaceId, origin: RunOrigin): Promise<readonly AnswerSignal[]>;
}

export type AnswerSignal = Extract<Signal, { kind: 'event' }>;

/** Events by which building blocks answer; see `callback` in the API's ports. */
const ANSWERS = 'org.govstack.callback.';
/** Journals of earlier runs that are kept in mind: they no longer grow. */
const REMEMBERED = 8;

export function createEarlierRuns(deps: { journal: Journal; store: RunStore; digest: Digest }): EarlierRuns {
  const remembered = new Map<string, { version: number; begun: ReadonlyMap<string, BegunTask> }>();

  const begunBy = async (workspace: WorkspaceId, run: RunId): Promise<ReadonlyMap<string, BegunTask>> => {
    const stream = streams.run(workspace, run);
    const version = await deps.journal.version(stream);
    const known = remembered.get(stream);
    if (known?.version === version) return known.begun;
    const begun = begunTasks(await deps.store.read(workspace, run));
    remembered.delete(stream);
    remembered.set(stream, { version, begun });
    const [oldest] = remembered.keys();
    if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return begun;
  };

  const begun: EarlierRuns['begun'] = async (workspace, { earlier }, key) => {
    const found: (BegunTask & { runId: string })[] = [];
    for (const runId of earlier) {
      const task = (await begunBy(workspace, runIdSchema.parse(runId))).get(effectKey(key));
      if (task !== undefined) found.push({ ...task, runId });
    }
    return found;
  };

  return {
    begun,
    identity: async (workspace, origin, { key, args }) => {
      const [first = origin.runId] = origin.earlier;
      const before = (await begun(workspace, { ...origin, earlier: [first] }, key))[0];
      const asked = canonicalJson(args);
      const same = before?.args !== undefined && canonicalJson(before.args) === asked;
      return { run: first, mark: same ? '' : `~${deps.digest.sha256(asked).slice(0, 32)}` };
    },
    answers: async (workspace, { earlier }) => {
      const found = new Map<string, AnswerSignal>();
      for (const runId of earlier) {
        for (const { signal } of await deps.store.unread(workspace, runIdSchema.parse(runId), 0)) {
          if (signal.kind === 'event' && signal.event.type.startsWith(ANSWERS)) found.set(signal.id, signal);
        }
      }
      return [...found.values()];
    },
  };
}

/** The answers as entries of the new run's journal: received, and not consumed by anybody yet. */
export function answersAsHistory(
  answers: readonly AnswerSignal[],
  history: readonly JournaledEvent[],
  stamp: Pick<RunEvent, 'time' | 'at'>,
  from: string,
): readonly JournaledEvent[] {
  const known = new Set(history.map(({ payload }) => (payload as { id?: unknown } | undefined)?.id));
  return answers
    .filter(({ id }) => !known.has(id))
    .map((signal) => ({
      event: {
        type: 'signal.received',
        inbox: 0,
        signal: 'event',
        ...stamp,
        copiedFrom: { runId: from, seq: 0 },
      },
      payload: signal,
    }));
}
