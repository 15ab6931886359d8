import type { Json } from '../../contracts/json.js';
import { checkSchema, transformed } from './data-flow.js';
import { deadlineOf, within } from './deadline.js';
import type { FiberBody } from './fiber.js';
import { frameRoot } from './frame.js';
import { WorkflowEnd, type Interpreter, type TaskPlace } from './interpreter.js';
import { pointerOf } from './instance-key.js';
import { taskMemo } from './memo.js';
import { runList } from './run-list.js';
import { secretsFor, withholding } from './secrets.js';
import { runVariables } from './variables.js';
import { standardError } from './workflow-error.js';

/**
 * The document of a run, or of a part within it: schema(input), from, its tasks within its timeout, as, schema(output).
 * OWS DSL 1.0.3, Data Flow.
 */
export function* runWorkflow(it: Interpreter): FiberBody {
  const { document, frame } = it;
  const key = frameRoot(frame);
  const place: TaskPlace = { key, name: document.document.name, task: { do: document.do }, locals: {} };
  const what = key === '' ? "The workflow's" : `${document.document.namespace}/${place.name}:`;
  checkSchema(it, document.input, frame.input, `${what} input`, `${pointerOf(frame.key)}/input`);
  // As it was when the run was created: a replay must begin with the same.
  const from = document.input?.from;
  const input = withholding(it, place, [from], frame.input, () =>
    transformed(it, place, from, frame.input, () => ({
      ...runVariables(it, null, frame.startedAt, secretsFor(it, place, from)),
      input: frame.input,
    })),
  );
  const raw = yield* withinTimeout(it, place, input);
  const output = transformed(it, place, document.output?.as, raw, () => ({
    ...runVariables(it, frame.context, it.now().toISOString()),
    input,
    output: raw,
  }));
  checkSchema(it, document.output, output, `${what} output`, `${pointerOf(frame.key)}/output`);
  return output;
}

function withinTimeout(it: Interpreter, place: TaskPlace, input: Json): FiberBody {
  const { timeout } = it.document;
  if (timeout === undefined) return tasks(it, place, input);
  const { key, startedAt } = it.frame;
  const from = key === '' ? it.memo.clock : (taskMemo(it.memo, key).clock ?? startedAt);
  const due = deadlineOf(it, place, timeout, from, input, () => ({
    ...runVariables(it, null, startedAt),
    input,
  }));
  const what = key === '' ? 'The workflow' : `"${place.name}"`;
  return within(it, `${place.key}!timeout`, due, tasks(it, place, input), () =>
    standardError('timeout', pointerOf(key) || '/', `${what} was not done by ${due}.`),
  );
}

/** `then: end` ends the document that says it, not the one that performs it. */
function* tasks(it: Interpreter, { key }: TaskPlace, input: Json): FiberBody {
  try {
    return yield* runList(it, it.document.do, `${key}/do`, input, { locals: {} });
  } catch (error) {
    if (error instanceof WorkflowEnd) return error.output;
    throw error;
  }
}
