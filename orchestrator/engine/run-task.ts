import type { Json } from '../../contracts/json.js';
import type { TaskNames } from '../../contracts/run-event.js';
import { checkSchema, instanceOf, transformed } from './data-flow.js';
import { deadlineOf, within } from './deadline.js';
import type { FiberBody } from './fiber.js';
import { WorkflowEnd, type Interpreter, type TaskData, type TaskPlace } from './interpreter.js';
import { assertRoomForOutput, assertRoomForTask } from './limit.js';
import { taskMemo } from './memo.js';
import { secretsFor, withholding } from './secrets.js';
import { namesOf } from './task-names.js';
import type { TaskNotes } from './task-notes.js';
import type { TaskGenerator, TaskResult } from './task-result.js';
import { evaluateAt, isTrue, variablesOf } from './variables.js';
import { standardError, WorkflowError } from './workflow-error.js';

/** What an extension decided before the task ran. */
export interface Intercepted {
  /** Stands in for what the task would have done. */
  readonly standIn?: { readonly output: Json } | undefined;
}

/**
 * One task instance, in the order of the specification: if, schema(input), from, run, as, schema(output),
 * export.as, schema(export). What the journal already knows is not done again.
 * OWS DSL 1.0.3, Data Flow.
 */
export function* runPlain(
  it: Interpreter,
  place: TaskPlace,
  rawInput: Json,
  intercepted?: Intercepted,
): TaskGenerator {
  const memo = taskMemo(it.memo, place.key);
  switch (memo.end?.kind) {
    case 'skipped':
      return { output: rawInput, then: undefined };
    case 'faulted':
      throw through(new WorkflowError(memo.end.error), place);
    case 'completed':
      return { output: memo.end.same ? rawInput : memo.end.output, then: memo.end.then };
    case 'cancelled':
      return (yield { kind: 'never' }) as never;
    case undefined:
      if (memo.started === undefined && it.memo.status === 'suspended') yield { kind: 'gate' };
      return yield* runUnfinished(it, place, rawInput, intercepted);
  }
}

/** The data that a task's expressions work on, as the task found it. */
export function foundBy(it: Interpreter, place: TaskPlace, rawInput: Json): TaskData {
  const { started } = taskMemo(it.memo, place.key);
  return {
    rawInput,
    startedAt: started?.time ?? it.now().toISOString(),
    context: started === undefined ? it.frame.context : started.context,
  };
}

/** Whether `if` lets the task run. OWS DSL 1.0.3, Task. */
export function ifHolds(it: Interpreter, place: TaskPlace, data: TaskData): boolean {
  const condition = place.task.if;
  if (condition === undefined) return true;
  return isTrue(
    evaluateAt(
      it,
      place,
      condition,
      data.rawInput,
      variablesOf(it, place, { ...data, input: data.rawInput }),
    ),
  );
}

function* runUnfinished(
  it: Interpreter,
  place: TaskPlace,
  rawInput: Json,
  intercepted: Intercepted | undefined,
): TaskGenerator {
  const { task } = place;
  const data = foundBy(it, place, rawInput);
  const started = (): boolean => taskMemo(it.memo, place.key).started !== undefined;
  const names = namesOf(it, place, rawInput, () => variablesOf(it, place, { ...data, input: rawInput }));
  let ended = false;
  try {
    if (!started()) assertRoomForTask(it, place);
    if (!started() && intercepted === undefined && !ifHolds(it, place, data)) {
      ended = true;
      it.emit({ type: 'task.skipped', ...names });
      return { output: rawInput, then: undefined };
    }
    checkSchema(it, task.input, rawInput, `The input of "${place.name}"`, instanceOf(place));
    const input = withholding(it, place, [task.input?.from], rawInput, () =>
      transformed(it, place, task.input?.from, rawInput, () =>
        variablesOf(it, place, {
          ...data,
          input: rawInput,
          secrets: secretsFor(it, place, task.input?.from),
        }),
      ),
    );
    const notes: TaskNotes = {};
    const body =
      intercepted?.standIn === undefined
        ? it.perform(it, place, input, data.startedAt, names, notes, data)
        : standIn(it, names, started(), intercepted.standIn.output);
    const rawOutput = yield* withDeadline(it, place, input, data, body);
    const authorization = it.authorizations.get(place.key);
    it.authorizations.delete(place.key);
    const seen = { ...data, context: it.frame.context, input, rawOutput, authorization };
    const output = transformed(it, place, task.output?.as, rawOutput, () =>
      variablesOf(it, place, { ...seen, output: rawOutput }),
    );
    checkSchema(it, task.output, output, `The output of "${place.name}"`, instanceOf(place));
    if (output !== rawInput) assertRoomForOutput(it, place, output);
    let context: Json | undefined;
    if (task.export?.as !== undefined) {
      context = transformed(it, place, task.export.as, output, () =>
        variablesOf(it, place, { ...seen, output }),
      );
      checkSchema(it, task.export, context, `The export of "${place.name}"`, instanceOf(place));
    }
    ended = true;
    return complete(it, place, names, rawInput, { output, context, notes });
  } catch (error) {
    ended = true;
    // The workflow ends within this task: it is done, with what it ended with, and hands the end on.
    if (error instanceof WorkflowEnd)
      return complete(it, place, names, rawInput, { output: error.output, notes: { then: 'end' } });
    if (error instanceof WorkflowError) {
      it.emit({ type: 'task.faulted', ...names, error: error.error });
      throw through(error, place);
    }
    throw error;
  } finally {
    if (!ended && started()) it.emit({ type: 'task.cancelled', ...names });
  }
}

function complete(
  it: Interpreter,
  place: TaskPlace,
  names: TaskNames,
  rawInput: Json,
  done: { readonly output: Json; readonly context?: Json | undefined; readonly notes: TaskNotes },
): TaskResult {
  const { output, context, notes } = done;
  const then = notes.then ?? place.task.then;
  const compensate = place.compensating === true ? undefined : place.task.metadata?.sandbox?.compensate;
  it.emit(
    {
      type: 'task.completed',
      ...names,
      ...(then === undefined ? {} : { then }),
      ...(notes.consumed === undefined ? {} : { consumed: notes.consumed }),
      ...(compensate === undefined ? {} : { compensate }),
    },
    {
      // A compensation gets the output from here, wherever it came from.
      ...(output === rawInput && compensate === undefined ? { same: true } : { output }),
      ...(context === undefined ? {} : { context }),
    },
  );
  return { output, then };
}

// eslint-disable-next-line require-yield -- a body like any other
function* standIn(it: Interpreter, names: TaskNames, started: boolean, output: Json): FiberBody {
  if (!started) it.emit({ type: 'task.started', ...names });
  return output;
}

function* withDeadline(
  it: Interpreter,
  place: TaskPlace,
  input: Json,
  data: TaskData,
  body: FiberBody,
): FiberBody {
  const { timeout } = place.task;
  if (timeout === undefined) return yield* body;
  const from = taskMemo(it.memo, place.key).clock ?? data.startedAt;
  const due = deadlineOf(it, place, timeout, from, input, () => variablesOf(it, place, { ...data, input }));
  return yield* within(it, `${place.key}!timeout`, due, body, () =>
    standardError('timeout', instanceOf(place), `"${place.name}" was not done by ${due}.`),
  );
}

/** Notes that an error went through this task. */
export function through(error: WorkflowError, place: TaskPlace): WorkflowError {
  error.chain.push(place.key);
  return error;
}
