import { isJsonObject } from '../../../contracts/json.js';
import type { Digest } from '../../../contracts/digest.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import type { Logger } from '../../../contracts/logger.js';
import type { EventConsumption, Schedule } from '../../../contracts/workflow.js';
import { gather, gathers, readEvent, type EventGroup } from './gather-events.js';
import type { Evaluate } from './match-event.js';
import { scheduleId, type ScheduleRecord, type ScheduleRecords } from './schedule-records.js';
import type { ScheduledWorkflow, Start } from './scheduled-workflow.js';

/** Bounds of what one schedule keeps back: the oldest group goes first, and the log says so. */
const MOST_GROUPS = 200;
const MOST_EVENTS_OF_A_GROUP = 1_000;
const MOST_TEXT = 4_000_000;
const MOST_SEEN = 2_000;

export interface EventStarts {
  /** Shows an event to a schedule of `on`. Resolves to the number of starts that it brought about. */
  offer(workspace: WorkspaceId, of: ScheduledWorkflow, event: CloudEvent): Promise<number>;
  /** Brings about the starts that a crash left undone. */
  finish(workspace: WorkspaceId, of: ScheduledWorkflow): Promise<void>;
}

export function createEventStarts(deps: {
  readonly records: ScheduleRecords;
  readonly digest: Digest;
  readonly evaluate: Evaluate;
  readonly logger: Logger;
  readonly start: Start;
}): EventStarts {
  const { records, digest, evaluate, logger } = deps;

  const startWith = async (
    workspace: WorkspaceId,
    of: ScheduledWorkflow,
    events: readonly CloudEvent[],
  ): Promise<void> => {
    // The same events make the same key, so a crash or a second worker opens no second case.
    await deps.start(workspace, of, {
      key: JSON.stringify(events.map(({ source, id }) => [source, id])),
      input: events.map((event) => readEvent(of.schedule.read, event)),
      because: { events: events.map(({ source, id, type }) => ({ source, id, type })) },
      openedBy: events.map(originOf).find((origin) => origin !== undefined),
    });
  };

  const finish: EventStarts['finish'] = async (workspace, of) => {
    const id = scheduleId(workspace, of);
    for (;;) {
      const events = (await records.get(id))?.starting[0];
      if (events === undefined) return;
      await startWith(workspace, of, events);
      const done = JSON.stringify(events);
      await records.change(id, (record) => ({
        ...record,
        starting: record.starting.filter((one) => JSON.stringify(one) !== done),
      }));
    }
  };

  return {
    finish,
    offer: async (workspace, of, event) => {
      const { on } = of.schedule;
      if (on === undefined) return 0;
      const schedule = { ...of.schedule, on };
      if (!gathers(on)) {
        const events = gather(schedule, [], event, evaluate)?.complete;
        if (events === undefined) return 0;
        await startWith(workspace, of, events);
        return 1;
      }
      const seen = digest.sha256(JSON.stringify([event.source, event.id])).slice(0, 16);
      let started = 0;
      await records.change(scheduleId(workspace, of), (record) => {
        const next = take(record, schedule, event, seen, evaluate);
        started = next === undefined ? 0 : next.starting.length - record.starting.length;
        return next === undefined ? undefined : bounded(next, logger);
      });
      if (started > 0) await finish(workspace, of);
      return started;
    },
  };
}

function take(
  record: ScheduleRecord,
  schedule: Schedule & { readonly on: EventConsumption },
  event: CloudEvent,
  seen: string,
  evaluate: Evaluate,
): ScheduleRecord | undefined {
  if (record.seen.includes(seen)) return undefined;
  const gathered = gather(schedule, record.groups, event, evaluate);
  if (gathered === undefined) return undefined;
  return {
    ...record,
    groups: gathered.groups,
    starting: gathered.complete === undefined ? record.starting : [...record.starting, gathered.complete],
    seen: [...record.seen, seen].slice(-MOST_SEEN),
  };
}

function bounded(record: ScheduleRecord, logger: Logger): ScheduleRecord {
  let groups: readonly EventGroup[] = record.groups.filter(
    ({ taken }) => taken.length <= MOST_EVENTS_OF_A_GROUP,
  );
  if (groups.length > MOST_GROUPS) groups = groups.slice(-MOST_GROUPS);
  while (groups.length > 1 && JSON.stringify(groups).length > MOST_TEXT) groups = groups.slice(1);
  if (groups.length < record.groups.length)
    logger.warn(
      { schedule: record._id, dropped: record.groups.length - groups.length },
      'a schedule waits for more events than it may keep; the oldest are dropped',
    );
  return { ...record, groups };
}

/** `data.origin.case`: whoever publishes what concerns others may say which case it came from. */
function originOf({ data }: CloudEvent): string | undefined {
  const origin = isJsonObject(data) ? data['origin'] : undefined;
  const of = isJsonObject(origin) ? origin['case'] : undefined;
  return typeof of === 'string' ? of : undefined;
}
