import { isJsonObject, type Json } from '../../../contracts/json.js';
import type { CallTask } from '../../../contracts/workflow.js';
import { ask } from '../ask.js';
import { authenticationOf, templateOf } from '../authentication.js';
import { currentKey } from '../compensated.js';
import type { FiberBody } from '../fiber.js';
import { earlierAttempts, escaped } from '../instance-key.js';
import { scopeOf, WorkflowEnd, type Locals } from '../interpreter.js';
import type { TaskMemo } from '../memo.js';
import { isSecret, secretsFor, withholding } from '../secrets.js';
import type { TaskWork } from '../task-work.js';
import { resolveAt } from '../variables.js';

/** A block, an HTTP endpoint, a function of the catalog, or one of `use.functions`. OWS DSL 1.0.3, Call. */
export function* performCall(work: TaskWork, task: CallTask): FiberBody {
  const { it, place, input, begin } = work;
  const template = templateOf(task);
  // Every attempt sends exactly the same: only then may the block take them for one request.
  const before = earlierAttempts(place.key).map((key) => it.memo.tasks.get(key)?.started);
  const begunWith = work.begunWith ?? before.find((started) => started?.args !== undefined)?.args;
  const variables = asAtFirst(
    work.variables(),
    before.findLast((started) => started !== undefined),
  );
  const seen = (part: Json | undefined): Locals => ({ ...variables, secrets: secretsFor(it, place, part) });
  // Resolved before anything is journaled: what cannot authenticate was never begun.
  const { args, authentication, documentAuthentication } = withholding(
    it,
    place,
    [template.with, template.authentication, template.documentAuthentication, place.task.input?.from],
    input,
    () => ({
      args: begunWith ?? plain(resolveAt(it, place, template.with, input, seen(template.with), false), task),
      authentication: authenticationOf(it, place, template.authentication, input, seen),
      documentAuthentication: authenticationOf(it, place, template.documentAuthentication, input, seen),
    }),
  );
  const own = it.document.use?.functions?.[task.call];
  begin(isSecret(it, [template.with, place.task.input?.from], args) ? undefined : args);
  if (own !== undefined) {
    const key = currentKey(it.memo, `${place.key}/function/${escaped(task.call)}`);
    const called = { ...scopeOf(place), key, name: task.call, task: own };
    const result = yield* it.runTask(it, called, args);
    // A function stands in no list: of its directives, only `end` means something.
    if (result.then === 'end') throw new WorkflowEnd(result.output);
    return result.output;
  }
  return yield* ask(it, {
    kind: 'call',
    key: place.key,
    task,
    args,
    ...(authentication === undefined ? {} : { authentication }),
    ...(documentAuthentication === undefined ? {} : { documentAuthentication }),
    input,
    variables,
    step: place.task.metadata?.sandbox?.step ?? it.frame.step,
    doubtful: work.doubtful || before.length > 0,
  });
}

/** What was not journaled, since it holds secrets, is evaluated again as it was for the first attempt. */
function asAtFirst(variables: Record<string, Json>, first: TaskMemo['started']): Record<string, Json> {
  if (first === undefined || first.args !== undefined) return variables;
  return { ...variables, context: first.context, __now: Date.parse(first.time) / 1000 };
}

/** An endpoint that an expression made up may not bring its own authentication: it would be journaled. */
function plain(args: Json, { call }: CallTask): Json {
  if ((call !== 'http' && call !== 'openapi') || !isJsonObject(args)) return args;
  const { endpoint } = args;
  if (!isJsonObject(endpoint) || !('authentication' in endpoint)) return args;
  const { authentication: _, ...rest } = endpoint;
  return { ...args, endpoint: rest };
}
