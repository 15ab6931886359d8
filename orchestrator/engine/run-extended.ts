import type { Json } from '../../contracts/json.js';
import type { TaskList } from '../../contracts/workflow.js';
import type { Extensions, NamedExtension } from './extensions.js';
import type { Instruction } from './fiber.js';
import type { Interpreter, TaskData, TaskPlace } from './interpreter.js';
import { childKey, escaped } from './instance-key.js';
import { taskMemo, wasReached } from './memo.js';
import { runEntries } from './run-list.js';
import { foundBy, ifHolds, runPlain, through, type Intercepted } from './run-task.js';
import { kindOf } from './task-kind.js';
import { namesOf } from './task-names.js';
import type { TaskGenerator, TaskResult } from './task-result.js';
import { describe, evaluateAt, isTrue, variablesOf } from './variables.js';
import { WorkflowError } from './workflow-error.js';

/** One task instance, with the extensions of the document that apply to it. OWS DSL 1.0.3, Extension. */
export function* runTask(it: Interpreter, place: TaskPlace, given: Json): TaskGenerator {
  const { edited } = it.memo;
  const rawInput = edited?.task === place.key ? edited.input : given;
  const extensions =
    it.extensions.size === 0 || place.extended !== undefined ? none : applicable(it.extensions, place);
  return extensions.length === 0
    ? yield* runPlain(it, place, rawInput)
    : yield* runExtended(it, place, rawInput, extensions);
}

const none: readonly NamedExtension[] = [];

function applicable(extensions: Extensions, place: TaskPlace): readonly NamedExtension[] {
  return extensions.get(kindOf(place.task)) ?? none;
}

function* runExtended(
  it: Interpreter,
  place: TaskPlace,
  rawInput: Json,
  extensions: readonly NamedExtension[],
): TaskGenerator {
  const memo = taskMemo(it.memo, place.key);
  let intercepted: Intercepted | undefined;
  if (memo.end === undefined) {
    if (memo.started === undefined && it.memo.status === 'suspended') yield { kind: 'gate' };
    const data = foundBy(it, place, rawInput);
    // Once a task of an extension ran, the task itself was let through.
    const decided = memo.started !== undefined || extensions.some((one) => hasRun(it, place, one, 'before'));
    if (!decided && !guarded(it, place, () => ifHolds(it, place, data)))
      return yield* runPlain(it, place, rawInput);
    intercepted = yield* before(it, place, data, extensions);
  }
  const result = yield* runPlain(it, place, rawInput, intercepted);
  if (memo.end?.kind === 'completed') yield* after(it, place, rawInput, result, extensions);
  return result;
}

/** What an extension's tasks give is let go, unless they leave with `exit`: then it stands in for the task. */
function* before(
  it: Interpreter,
  place: TaskPlace,
  data: TaskData,
  extensions: readonly NamedExtension[],
): Generator<Instruction, Intercepted, Json> {
  for (const one of extensions) {
    const tasks = one.extension.before;
    if (tasks === undefined) continue;
    const begun = taskMemo(it.memo, place.key).started !== undefined;
    if (!hasRun(it, place, one, 'before') && (begun || !applies(it, place, data, one))) continue;
    const extended = describeExtended(place, data, null);
    const { output, exited } = yield* runEntries(it, tasks, prefixOf(place, one, 'before'), data.rawInput, {
      locals: place.locals,
      extended,
    });
    if (exited) return { standIn: { output } };
  }
  return {};
}

function* after(
  it: Interpreter,
  place: TaskPlace,
  rawInput: Json,
  { output }: TaskResult,
  extensions: readonly NamedExtension[],
): Generator<Instruction, void, Json> {
  const data = foundBy(it, place, rawInput);
  for (const one of extensions) {
    const tasks = one.extension.after;
    if (tasks === undefined) continue;
    if (!hasRun(it, place, one, 'after') && !applies(it, place, data, one)) continue;
    yield* runEntries(it, tasks, prefixOf(place, one, 'after'), output, {
      locals: place.locals,
      extended: describeExtended(place, data, output),
    });
  }
}

function applies(it: Interpreter, place: TaskPlace, data: TaskData, { extension }: NamedExtension): boolean {
  if (extension.when === undefined) return true;
  const condition = extension.when;
  return guarded(it, place, () => {
    const variables = variablesOf(
      it,
      { ...place, extended: describeExtended(place, data, null) },
      { ...data, input: data.rawInput },
    );
    return isTrue(evaluateAt(it, place, condition, data.rawInput, variables));
  });
}

/** The specification's examples read `$task.call` as well as `$task.reference`: both are there. */
function describeExtended(place: TaskPlace, { rawInput, startedAt }: TaskData, output: Json): Json {
  return {
    ...(place.task as unknown as Readonly<Record<string, Json>>),
    ...describe(place, { rawInput, startedAt, rawOutput: output }),
  };
}

function hasRun(it: Interpreter, place: TaskPlace, one: NamedExtension, when: 'before' | 'after'): boolean {
  const tasks: TaskList = one.extension[when] ?? [];
  const [first] = Object.keys(tasks[0] ?? {});
  return first !== undefined && wasReached(it.memo, childKey(prefixOf(place, one, when), 0, first, 1));
}

function prefixOf(place: TaskPlace, { index, name }: NamedExtension, when: 'before' | 'after'): string {
  return `${place.key}/${when}/${index}/${escaped(name)}`;
}

/** An error of a condition is the extended task's own. */
function guarded<T>(it: Interpreter, place: TaskPlace, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    if (taskMemo(it.memo, place.key).end === undefined)
      it.emit({ type: 'task.faulted', ...namesOf(it, place), error: error.error });
    throw through(error, place);
  }
}
