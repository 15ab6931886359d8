import type { Json } from '../../../contracts/json.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import type { ListenTask } from '../../../contracts/workflow.js';
import { checkSchema, instanceOf, transformed } from '../data-flow.js';
import { eventKey } from '../event-buffer.js';
import { EventSelection, type Chosen } from '../event-selection.js';
import type { FiberBody } from '../fiber.js';
import { scopeOf } from '../interpreter.js';
import { taskMemo } from '../memo.js';
import { runList } from '../run-list.js';
import { namesOf } from '../task-names.js';
import type { TaskWork } from '../task-work.js';
import { evaluateAt, isTrue } from '../variables.js';

/** Waits for events; those that came earlier and were not consumed count too. OWS DSL 1.0.3, Listen. */
export function* performListen(work: TaskWork, task: ListenTask): FiberBody {
  work.begin();
  const { to } = task.listen;
  if (task.foreach === undefined && !('any' in to && to.until !== undefined))
    return yield* allAtOnce(work, task);
  return yield* oneByOne(work, task);
}

/** Consumed as the task ends, all together or not at all. */
function* allAtOnce(work: TaskWork, task: ListenTask): FiberBody {
  const selection = new EventSelection(work, task.listen.to, undefined);
  if ('all' in task.listen.to && task.listen.to.all.length === 0) return [];
  const taken = yield {
    kind: 'listen',
    key: work.place.key,
    take: (events) => selection.takeAll(events)?.map(({ event }) => event),
  };
  const consumed = taken as readonly CloudEvent[];
  work.notes.consumed = consumed.map(eventKey);
  return consumed.map((event) => readAs(task, event));
}

/** Each event is journaled as it is taken, and its tasks run before the next one is looked at. */
function* oneByOne(work: TaskWork, task: ListenTask): FiberBody {
  const { it, place } = work;
  const memo = taskMemo(it.memo, place.key);
  const { to } = task.listen;
  const goesOn = 'any' in to && to.until !== undefined;
  const outputs: Json[] = [];
  let selection: EventSelection | undefined;
  for (;;) {
    for (let event = next(memo, outputs); event !== undefined; event = next(memo, outputs)) {
      outputs.push(yield* dealtWith(work, task, event, outputs.length));
    }
    selection ??= new EventSelection(work, to, (memo.listened ??= { events: [], ending: [], outputs: [] }));
    if (selection.complete || (outputs.length > 0 && untilHolds(work, task, outputs))) return outputs;
    const choosing = selection;
    let chosen: readonly Chosen[] = [];
    yield {
      kind: 'listen',
      key: place.key,
      take: (events) => {
        const one = goesOn ? choosing.takeNext(events) : undefined;
        chosen = goesOn ? (one === undefined ? [] : [one]) : (choosing.takeAll(events) ?? []);
        return chosen.length === 0 ? undefined : chosen.map(({ event }) => event);
      },
    };
    for (const { event, ends } of chosen) {
      it.emit({
        type: 'task.consumed',
        ...namesOf(it, place, work.input, () => work.variables()),
        event: eventKey(event),
        ...(ends ? { ends: true } : {}),
      });
    }
  }
}

function next({ listened }: ReturnType<typeof taskMemo>, outputs: readonly Json[]): CloudEvent | undefined {
  return listened?.events[outputs.length];
}

function* dealtWith(work: TaskWork, task: ListenTask, event: CloudEvent, index: number): FiberBody {
  const { it, place } = work;
  const value = readAs(task, event);
  const { foreach } = task;
  if (foreach === undefined) return value;
  const done = taskMemo(it.memo, place.key).listened?.outputs;
  if (done !== undefined && index in done) return done[index] ?? null;
  const locals = { [foreach.item ?? 'item']: value, [foreach.at ?? 'index']: index };
  const raw =
    foreach.do === undefined
      ? value
      : yield* runList(it, foreach.do, `${place.key}/foreach#${index}/do`, value, scopeOf(place, locals));
  const variables = (): Record<string, Json> => ({ ...work.variables('now', value), ...locals });
  const output = transformed(it, place, foreach.output?.as, raw, variables);
  checkSchema(it, foreach.output, output, `The output of event ${index}`, instanceOf(place));
  let context: Json | undefined;
  if (foreach.export?.as !== undefined) {
    context = transformed(it, place, foreach.export.as, output, () => ({ ...variables(), output }));
    checkSchema(it, foreach.export, context, `The export of event ${index}`, instanceOf(place));
  }
  it.emit(
    { type: 'task.iterated', ...namesOf(it, place, work.input, () => work.variables()), index },
    { output, ...(context === undefined ? {} : { context }) },
  );
  return output;
}

/** Looked at after each event, over what the task would give if it ended now. */
function untilHolds(work: TaskWork, task: ListenTask, outputs: readonly Json[]): boolean {
  const { to } = task.listen;
  if (!('any' in to) || typeof to.until !== 'string') return false;
  return isTrue(evaluateAt(work.it, work.place, to.until, [...outputs], work.variables('now')));
}

/** `raw` is the data as it was sent: of binary data the text that stands for it. */
function readAs(task: ListenTask, event: CloudEvent): Json {
  switch (task.listen.read) {
    case 'envelope':
      return event;
    case 'raw':
      return event['data_base64'] ?? event.data ?? null;
    case 'data':
    case undefined:
      return event.data ?? null;
  }
}
