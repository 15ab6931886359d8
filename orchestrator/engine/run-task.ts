import { textOf } from '../../contracts/json.js';
import type { Json } from '../../contracts/json.js';
import type { TaskNames } from '../../contracts/run-event.js';
import type { DataFlow } from '../../contracts/workflow.js';
import { deadlineOf } from './deadline.js';
import { instantText } from './instant-text.js';
import type { FiberBody, Instruction } from './fiber.js';
import { WorkflowEnd, type Interpreter, type TaskPlace } from './interpreter.js';
import { pointerOf } from './instance-key.js';
import { taskMemo } from './memo.js';
import { kindOf } from './task-kind.js';
import type { TaskNotes } from './task-notes.js';
import { evaluateAt, isTrue, resolveAt, variablesOf } from './variables.js';
import { standardError, WorkflowError } from './workflow-error.js';

/** A task's output together with where the flow goes next. */
export interface TaskResult {
  readonly output: Json;
  readonly then: string | undefined;
}

/**
 * One task instance, in the order of the specification: if, schema(input), from, run, as, schema(output),
 * export.as, schema(export). What the journal already knows is not done again.
 * OWS DSL 1.0.3, Data Flow.
 */
export function* runTask(it: Interpreter, place: TaskPlace, rawInput: Json): TaskGenerator {
  const memo = taskMemo(it.memo, place.key);
  switch (memo.end?.kind) {
    case 'skipped':
      return { output: rawInput, then: undefined };
    case 'faulted':
      throw through(new WorkflowError(memo.end.error), place);
    case 'completed':
      return { output: memo.end.same ? rawInput : memo.end.output, then: memo.end.then };
    case undefined:
      return yield* runUnfinished(it, place, rawInput);
  }
}

export type TaskGenerator = Generator<Instruction, TaskResult, Json>;

function* runUnfinished(it: Interpreter, place: TaskPlace, rawInput: Json): TaskGenerator {
  const { task } = place;
  const memo = taskMemo(it.memo, place.key);
  const startedAt = memo.started?.time ?? instantText(it.now());
  const names = namesOf(place);
  const notes: TaskNotes = {};
  try {
    if (memo.started === undefined && task.if !== undefined) {
      const condition = evaluateAt(
        it,
        place,
        task.if,
        rawInput,
        variablesOf(it, place, { input: rawInput, startedAt }),
      );
      if (!isTrue(condition)) {
        it.emit({ type: 'task.skipped', ...names });
        return { output: rawInput, then: undefined };
      }
    }
    checkSchema(it, place, task.input, rawInput, 'input');
    const input =
      task.input?.from === undefined
        ? rawInput
        : resolveAt(
            it,
            place,
            task.input.from,
            rawInput,
            variablesOf(it, place, { input: rawInput, startedAt }),
            true,
          );
    const rawOutput = yield* withDeadline(
      it,
      place,
      startedAt,
      it.perform(it, place, input, startedAt, names, notes),
    );
    const output =
      task.output?.as === undefined
        ? rawOutput
        : resolveAt(
            it,
            place,
            task.output.as,
            rawOutput,
            variablesOf(it, place, { input, output: rawOutput, startedAt }),
            true,
          );
    checkSchema(it, place, task.output, output, 'output');
    let context: Json | undefined;
    if (task.export?.as !== undefined) {
      context = resolveAt(
        it,
        place,
        task.export.as,
        output,
        variablesOf(it, place, { input, output, startedAt }),
        true,
      );
      checkSchema(it, place, task.export, context, 'export');
      it.memo.context = context;
    }
    const then = notes.then ?? task.then;
    it.emit(
      {
        type: 'task.completed',
        ...names,
        ...(then === undefined ? {} : { then }),
        ...(notes.consumed === undefined ? {} : { consumed: notes.consumed }),
      },
      {
        ...(output === rawInput ? { same: true } : { output }),
        ...(context === undefined ? {} : { context }),
      },
    );
    return { output, then };
  } catch (error) {
    if (error instanceof WorkflowEnd) throw error;
    if (error instanceof WorkflowError) {
      it.emit({ type: 'task.faulted', ...names, error: error.error });
      throw through(error, place);
    }
    throw error;
  }
}

function* withDeadline(it: Interpreter, place: TaskPlace, startedAt: string, body: FiberBody): FiberBody {
  if (place.task.timeout === undefined) return yield* body;
  const due = deadlineOf(it, place, place.task.timeout, startedAt);
  const key = `${place.key}!timeout`;
  const result = (yield {
    kind: 'race',
    bodies: [() => body, () => timer(it, key, due)],
  }) as { readonly index: number; readonly output: Json };
  if (result.index === 0) return result.output;
  throw standardError('timeout', pointerOf(place.key), `"${place.name}" was not done by ${due}.`);
}

/** Waits until the workspace clock reaches `due`. */
export function* timer(it: Interpreter, key: string, due: string): FiberBody {
  if (it.memo.firedTimers.has(key)) return null;
  return yield { kind: 'effect', effect: { kind: 'timer', key, due } };
}

function checkSchema(
  it: Interpreter,
  place: TaskPlace,
  flow: DataFlow | undefined,
  value: Json,
  what: string,
): void {
  const schema = flow?.schema?.document;
  if (schema === undefined) return;
  const violation = it.deps.violation(schema, value);
  if (violation !== undefined) {
    throw standardError('validation', pointerOf(place.key), `The ${what} of "${place.name}": ${violation}`);
  }
}

function namesOf(place: TaskPlace): TaskNames {
  const target = targetOf(place);
  const { step, narration } = place.task.metadata?.sandbox ?? {};
  return {
    key: place.key,
    name: place.name,
    kind: kindOf(place.task),
    ...(target === undefined ? {} : { target }),
    ...(step === undefined ? {} : { step }),
    ...(narration === undefined ? {} : { narration }),
  };
}

function targetOf({ task }: TaskPlace): string | undefined {
  if ('run' in task) return `workflow ${task.run.workflow.name}`;
  if (!('call' in task)) return undefined;
  const { call, with: args } = task;
  if (call !== 'openapi') return call;
  const document = args?.['document'] as { endpoint?: string | { uri?: string } } | undefined;
  const endpoint = typeof document?.endpoint === 'string' ? document.endpoint : document?.endpoint?.uri;
  return `${endpoint?.replace(/\/openapi\.json$/, '') ?? 'openapi'}#${textOf(args?.['operationId'])}`;
}

function through(error: WorkflowError, place: TaskPlace): WorkflowError {
  error.chain.push(place.key);
  return error;
}
