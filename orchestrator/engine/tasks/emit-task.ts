import type { JsonObject } from '../../../contracts/json.js';
import { isJsonObject } from '../../../contracts/json.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import type { EmitTask } from '../../../contracts/workflow.js';
import type { FiberBody } from '../fiber.js';
import { pointerOf } from '../instance-key.js';
import type { TaskWork } from '../task-work.js';
import { resolveAt, variablesOf } from '../variables.js';
import { standardError } from '../workflow-error.js';

/** Publishes a CloudEvent; the output is the whole event. OWS DSL 1.0.3, Emit. */
export function* performEmit(work: TaskWork, task: EmitTask): FiberBody {
  const { it, place, input, startedAt, begin, begunWith, doubtful } = work;
  const attributes = isJsonObject(begunWith)
    ? begunWith
    : resolveAt(it, place, task.emit.event.with, input, variablesOf(it, place, { input, startedAt }), false);
  if (!isJsonObject(attributes) || typeof attributes['type'] !== 'string') {
    throw standardError('validation', pointerOf(place.key), 'An event needs a type.');
  }
  const event = withDefaults(attributes, attributes['type'], `${it.run.id}:${place.key}`, startedAt);
  begin(event);
  return yield { kind: 'effect', effect: { kind: 'emit', key: place.key, event, doubtful } };
}

function withDefaults(attributes: JsonObject, type: string, id: string, time: string): CloudEvent {
  return {
    id,
    source: 'https://govstack-sandbox.invalid/runs',
    time,
    ...attributes,
    type,
    specversion: '1.0',
  };
}
