import type { Json } from '../../contracts/json.js';
import { checkSchema, transformed } from './data-flow.js';
import { deadlineOf, within } from './deadline.js';
import type { FiberBody } from './fiber.js';
import { WorkflowEnd, type Interpreter, type TaskPlace } from './interpreter.js';
import { runList } from './run-list.js';
import { secretsFor, withholding } from './secrets.js';
import { runVariables } from './variables.js';
import { standardError } from './workflow-error.js';

/** The workflow itself: schema(input), from, its tasks within its timeout, as, schema(output). OWS DSL 1.0.3, Data Flow. */
export function* runWorkflow(it: Interpreter): FiberBody {
  const { document, memo } = it;
  const place: TaskPlace = { key: '', name: document.document.name, task: { do: document.do }, locals: {} };
  checkSchema(it, document.input, memo.input, "The workflow's input", '/input');
  // As it was when the run was created: a replay must begin with the same.
  const from = document.input?.from;
  const input = withholding(it, place, [from], memo.input, () =>
    transformed(it, place, from, memo.input, () => ({
      ...runVariables(it, null, memo.startedAt, secretsFor(it, place, from)),
      input: memo.input,
    })),
  );
  const raw = yield* withinTimeout(it, place, input);
  const output = transformed(it, place, document.output?.as, raw, () => ({
    ...runVariables(it, memo.context, it.now().toISOString()),
    input,
    output: raw,
  }));
  checkSchema(it, document.output, output, "The workflow's output", '/output');
  return output;
}

function withinTimeout(it: Interpreter, place: TaskPlace, input: Json): FiberBody {
  const { timeout } = it.document;
  if (timeout === undefined) return tasks(it, input);
  const due = deadlineOf(it, place, timeout, it.memo.clock, input, () => ({
    ...runVariables(it, null, it.memo.startedAt),
    input,
  }));
  return within(it, '!timeout', due, tasks(it, input), () =>
    standardError('timeout', '/', `The workflow was not done by ${due}.`),
  );
}

function* tasks(it: Interpreter, input: Json): FiberBody {
  try {
    return yield* runList(it, it.document.do, '/do', input, { locals: {} });
  } catch (error) {
    if (error instanceof WorkflowEnd) return error.output;
    throw error;
  }
}
