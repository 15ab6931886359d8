import type { JsonObject } from '../../../contracts/json.js';
import { isJsonObject } from '../../../contracts/json.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import type { EmitTask } from '../../../contracts/workflow.js';
import { ask } from '../ask.js';
import { instanceOf } from '../data-flow.js';
import type { FiberBody } from '../fiber.js';
import type { TaskWork } from '../task-work.js';
import { resolveAt } from '../variables.js';
import { standardError } from '../workflow-error.js';

/** Publishes a CloudEvent; the output is the whole event. OWS DSL 1.0.3, Emit. */
export function* performEmit(work: TaskWork, task: EmitTask): FiberBody {
  const { it, place, input, startedAt, begin, begunWith, doubtful } = work;
  const attributes = isJsonObject(begunWith)
    ? begunWith
    : resolveAt(it, place, task.emit.event.with, input, work.variables(), false);
  const event = cloudEvent(work, isJsonObject(attributes) ? attributes : {}, {
    id: `${it.run.id}:${place.key}`,
    source: 'https://govstack-sandbox.invalid/runs',
    time: startedAt,
  });
  begin(event);
  return yield* ask(it, { kind: 'emit', key: place.key, event, doubtful });
}

/** Attributes that came out as null are absent; id, source, type and subject are texts. CloudEvents 1.0. */
function cloudEvent(
  { place }: TaskWork,
  attributes: JsonObject,
  defaults: { readonly id: string; readonly source: string; readonly time: string },
): CloudEvent {
  const given = Object.entries(attributes).filter(
    ([name, value]) => name === 'data' || (value !== null && value !== undefined),
  );
  const event = { ...defaults, ...Object.fromEntries(given), specversion: '1.0' } as JsonObject;
  for (const name of ['id', 'source', 'type', 'time', 'subject'] as const) {
    const value = event[name];
    if (name === 'subject' && value === undefined) continue;
    if (typeof value !== 'string' || value === '') {
      throw standardError(
        'validation',
        instanceOf(place),
        `The ${name} of an event must be a text; it is ${JSON.stringify(value ?? null)}.`,
      );
    }
  }
  return event as unknown as CloudEvent;
}
