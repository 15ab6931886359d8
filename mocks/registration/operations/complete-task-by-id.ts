import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { mergeData, statusCodes, statusView, type Application } from '../application.js';
import { assertFormData } from '../form-data.js';
import { applicationOf, openTasksOf, serviceOf, taskOf } from '../lookup.js';
import { putApplication, putTask, type RegistrationState } from '../state.js';
import { moveTo, type Decision, type Moved } from '../status-flow.js';
import type { Task } from '../task.js';

type Context = OperationContext<RegistrationState>;

const reviewSchema = z.object({
  status: z.object({ code: z.enum(statusCodes), title: z.string().max(200).optional() }).optional(),
  operator: z.object({ id: z.string().max(120).optional(), name: z.string().max(200).optional() }).optional(),
});

/**
 * Registration, completeTaskById. Completing a task once more with the same data succeeds; with other data it is
 * refused (GSB-REQ-003), as is a decision that the file's status does not allow.
 */
export async function completeTaskById(context: Context): Promise<OperationAnswer> {
  const { state, path, body } = context;
  const task = await taskOf(state, path.taskId ?? '');
  const application = await applicationOf(state, task.fileId);
  const data = dataOf(body);
  if (task.state === 'completed') {
    if (isDeepStrictEqual(task.data, data)) return answer('unchanged', task, application);
    throw new SandboxError('GSB-REQ-003', { detail: `the task ${task._id} is completed already` });
  }
  const completed: Task = { ...task, state: 'completed', data };
  const moved = await (task.kind === 'review'
    ? review(context, application, task, data)
    : correct(context, application, task, data));
  return {
    ...answer('completed', completed, moved.application),
    effects: [putApplication(moved.application), ...moved.tasks.map(putTask), putTask(completed)],
  };
}

async function review(
  { state, now }: Context,
  application: Application,
  task: Task,
  data: JsonObject,
): Promise<Moved> {
  const parsed = reviewSchema.safeParse(data);
  if (!parsed.success) {
    throw new SandboxError('GSB-REQ-001', { detail: `/body/data: ${z.prettifyError(parsed.error)}` });
  }
  const { status, operator } = parsed.data;
  if (!status || status.code === application.status) return { application, tasks: [] };
  const decision: Decision = {
    code: status.code,
    ...(status.title === undefined ? {} : { title: status.title }),
    ...(operator?.id === undefined ? {} : { operatorId: operator.id }),
    ...(operator?.name === undefined ? {} : { operatorName: operator.name }),
  };
  return moveTo(application, decision, await otherOpenTasks(state, task), now.toISOString());
}

async function correct(
  { state, now }: Context,
  before: Application,
  task: Task,
  data: JsonObject,
): Promise<Moved> {
  const merged = mergeData(before.data, { applicantId: before.applicantId, formData: { data } });
  await assertFormData(state, await serviceOf(state, before.serviceId), merged);
  const application: Application = { ...before, data: merged };
  return moveTo(application, { code: 'PENDING' }, await otherOpenTasks(state, task), now.toISOString());
}

async function otherOpenTasks(state: RegistrationState, task: Task): Promise<readonly Task[]> {
  return (await openTasksOf(state, task.fileId)).filter(({ _id }) => _id !== task._id);
}

function dataOf(body: Json | undefined): JsonObject {
  return isJsonObject(body) && isJsonObject(body.data) ? body.data : {};
}

function answer(rule: string, task: Task, application: Application): OperationAnswer {
  return {
    status: 200,
    rule,
    body: {
      taskId: task._id,
      fileId: task.fileId,
      serviceId: application.serviceId,
      status: statusView(application),
      variables: { completion: { data: task.data ?? {} } },
    },
  };
}
