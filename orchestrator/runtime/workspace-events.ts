import type { Clock, WorkspaceClocks } from '../../contracts/clock.js';
import type { Digest } from '../../contracts/digest.js';
import type { Collection, DocumentStore } from '../../contracts/documents.js';
import type { RunId, WorkspaceId } from '../../contracts/ids.js';
import type { Journal } from '../../contracts/journal.js';
import type { Json } from '../../contracts/json.js';
import type { Run } from '../../contracts/run.js';
import type { CloudEvent } from '../../contracts/run-event.js';
import { streams } from '../../contracts/streams.js';
import type { WorkflowDocument } from '../../contracts/workflow.js';
import type { WorkspaceEvent } from '../../contracts/workspace-event.js';
import type { Execution } from '../engine/index.js';
import { eventSignalId, type CaseEvents } from './case-events.js';
import { listenedTypes, listensFor } from './listened-types.js';
import type { RunStore } from './run-store.js';

/**
 * Events for every run of a workspace that listens, and for the schedules that start on events. Each is kept for a while, so
 * that a listener that comes later still gets it. The view of a run is written before the kept events are looked at, and an
 * event is kept before the runs are looked at: one of the two always sees the other.
 */
export interface WorkspaceEvents {
  /** `duplicate`: an event with this source and id was published before, and nothing was done. */
  publish(workspace: WorkspaceId, event: CloudEvent, by: string): Promise<Published>;
  /** Gives a run that stands at a listen task what is kept for it. */
  arrived(
    workspace: WorkspaceId,
    run: RunId,
    document: WorkflowDocument,
    execution: Execution,
  ): Promise<void>;
  /** Brings events to everybody that a crash kept from them. Returns how many. */
  resume(): Promise<number>;
}

export interface Published {
  /** Runs whose inbox it was put into. */
  readonly reached: number;
  /** Workflows that it started. */
  readonly started: number;
  readonly duplicate: boolean;
}

/** How long an event is kept on the workspace clock, and how many per workspace; the oldest go first. */
const KEPT_DAYS = 7;
export const MOST_KEPT = 1_000;
/** So many above the bound before the oldest are looked for. */
const SLACK = 50;

interface KeptEvent {
  readonly _id: string;
  readonly workspace: WorkspaceId;
  readonly type: string;
  readonly event: CloudEvent;
  readonly by: string;
  /** Instants of the workspace clock, and of the machine: the order of arrival, with a count for those of one moment. */
  readonly time: string;
  readonly at: string;
  readonly order: number;
  /** False until everybody that listened then has it. */
  readonly spread: boolean;
}

export function createWorkspaceEvents(deps: {
  readonly documents: DocumentStore;
  readonly journal: Journal;
  readonly clocks: WorkspaceClocks;
  readonly realClock: Clock;
  readonly digest: Digest;
  readonly store: RunStore;
  readonly events: CaseEvents;
  readonly documentOf: (run: Run) => WorkflowDocument | undefined;
  /** Shows an event to the schedules; resolves to the number of starts. */
  readonly offer: (workspace: WorkspaceId, event: CloudEvent) => Promise<number>;
}): WorkspaceEvents {
  const { clocks, digest, store, events } = deps;
  const kept: Collection<KeptEvent> = deps.documents.collection<KeptEvent>('events', ['type', 'spread']);

  let received = 0;

  const isLive = (doc: KeptEvent): boolean =>
    Date.parse(doc.time) + KEPT_DAYS * 86_400_000 > clocks.of(doc.workspace).now().getTime();

  const prune = async (workspace: WorkspaceId): Promise<void> => {
    if ((await kept.count({ idPrefix: `${workspace}/` })) <= MOST_KEPT + SLACK) return;
    const all = (await kept.find({ idPrefix: `${workspace}/` }))
      .map(({ doc }) => doc)
      .filter(({ spread }) => spread);
    const live = all.filter(isLive).toSorted(inOrder);
    const gone = [
      ...all.filter((doc) => !isLive(doc)),
      ...live.slice(0, Math.max(live.length - MOST_KEPT, 0)),
    ];
    for (const { _id } of gone) await kept.delete(_id);
  };

  const tell = async ({ workspace, event, by }: KeptEvent): Promise<void> => {
    const told: WorkspaceEvent = {
      type: 'event.published',
      eventType: event.type,
      eventId: event.id,
      source: event.source,
      by,
      time: clocks.of(workspace).now().toISOString(),
      at: deps.realClock.now().toISOString(),
    };
    await deps.journal.append(streams.log(workspace), 'any', [{ event: told as unknown as Json }]);
  };

  /** To all that listen now. May be repeated: runs and schedules know an event by its source and id. */
  const spread = async (doc: KeptEvent): Promise<Omit<Published, 'duplicate'>> => {
    const { workspace, event } = doc;
    const standing = await store.runs.find({
      idPrefix: `${workspace}/`,
      filter: { status: ['waiting', 'suspended'] },
    });
    const listening = standing
      .map(({ doc: run }) => run)
      .filter((run) => run.waiting.some(({ kind }) => kind === 'listen'))
      .filter((run) => {
        const document = deps.documentOf(run);
        return document !== undefined && listensFor(listenedTypes(document), event.type);
      });
    for (const run of listening) await events.deliver(workspace, run.id, event);
    const started = await deps.offer(workspace, event);
    await kept.put({ ...doc, spread: true });
    return { reached: listening.length, started };
  };

  return {
    publish: async (workspace, event, by) => {
      const doc: KeptEvent = {
        _id: `${workspace}/${digest.sha256(JSON.stringify([event.source, event.id])).slice(0, 40)}`,
        workspace,
        type: event.type,
        event,
        by,
        time: clocks.of(workspace).now().toISOString(),
        at: deps.realClock.now().toISOString(),
        order: (received += 1),
        spread: false,
      };
      if (!(await kept.insert(doc))) {
        const before = (await kept.get(doc._id))?.doc;
        // A publisher that repeats itself after a failure gets it done; one that only repeats itself does not.
        if (before?.spread === false) return { ...(await spread(before)), duplicate: true };
        if (before !== undefined && isLive(before)) return { reached: 0, started: 0, duplicate: true };
        await kept.put(doc);
      }
      await tell(doc);
      const reached = await spread(doc);
      await prune(workspace);
      return { ...reached, duplicate: false };
    },
    arrived: async (workspace, run, document, execution) => {
      if (!execution.waiting().some(({ kind }) => kind === 'listen')) return;
      const types = listenedTypes(document);
      const found = await kept.find({
        idPrefix: `${workspace}/`,
        ...(types === 'any' ? {} : { filter: { type: [...types] } }),
      });
      const missing = found
        .map(({ doc }) => doc)
        .filter((doc) => isLive(doc) && !execution.memo.signals.has(eventSignalId(doc.event)))
        .toSorted(inOrder);
      for (const { event } of missing) await events.deliver(workspace, run, event);
    },
    resume: async () => {
      const left = (await kept.find({ filter: { spread: false } })).map(({ doc }) => doc).toSorted(inOrder);
      for (const doc of left) await spread(doc);
      return left.length;
    },
  };
}

function inOrder(one: KeptEvent, other: KeptEvent): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  return one.order - other.order;
}
