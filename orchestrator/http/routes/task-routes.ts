import type { Router } from 'express';
import { z } from 'zod';
import { roleSchema } from '../../../contracts/identity.js';
import { taskIdSchema } from '../../../contracts/ids.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import { addRoute, signedIn, type Asking, type RouteDeps } from '../route.js';
import type { HumanTask } from '../../../contracts/human-task.js';

const listQuery = z.object({
  state: z.enum(['open', 'claimed', 'completed', 'cancelled']).optional(),
  case: z.string().optional(),
  role: roleSchema.optional(),
});
const completion = z.strictObject({ data: z.json() });

export function taskRoutes(router: Router, deps: RouteDeps, ports: ApiPorts): void {
  const taskId = (value: unknown): z.infer<typeof taskIdSchema> => parse(taskIdSchema, value, 'The task id');

  /** A task that this person may not see is answered like one that does not exist. */
  const visible = async (asking: Asking, id: unknown): Promise<HumanTask> => {
    const task = await ports.tasks.get(asking.workspace, taskId(id));
    const seen = await ports.tasks.list(asking.workspace, signedIn(asking), { caseId: task.caseId });
    if (!seen.some((other) => other.id === task.id))
      throw new SandboxError('GSB-REQ-002', { detail: `There is no task ${task.id}.` });
    return task;
  };

  addRoute(router, deps, 'GET /tasks', async (request, response, asking) => {
    const { state, case: caseId, role } = parse(listQuery, request.query, 'The query');
    const query = {
      ...(state === undefined ? {} : { state }),
      ...(caseId === undefined ? {} : { caseId }),
      ...(role === undefined ? {} : { role }),
    };
    response.json({
      tasks: (await ports.tasks.list(asking.workspace, signedIn(asking), query)).map(withoutOutcome),
    });
  });
  addRoute(router, deps, 'GET /tasks/:id', async (request, response, asking) => {
    response.json({ task: withoutOutcome(await visible(asking, request.params['id'])) });
  });
  addRoute(router, deps, 'POST /tasks/:id/claim', async (request, response, asking) => {
    const task = await ports.tasks.claim(asking.workspace, taskId(request.params['id']), signedIn(asking));
    response.json({ task: withoutOutcome(task) });
  });
  addRoute(router, deps, 'POST /tasks/:id/complete', async (request, response, asking) => {
    const { data } = parse(completion, request.body, 'The completion');
    const task = await ports.tasks.complete(
      asking.workspace,
      taskId(request.params['id']),
      signedIn(asking),
      data,
    );
    response.json({ task: withoutOutcome(task) });
  });
  addRoute(router, deps, 'POST /tasks/:id/act', async (request, response, asking) => {
    const { data } = parse(completion, request.body, 'The completion');
    const id = taskId(request.params['id']);
    response.json({ task: withoutOutcome(await ports.stage.act(asking.workspace, id, data)) });
  });
}

/** The attestation in the outcome is proof for building blocks, and for nobody else. */
function withoutOutcome(task: HumanTask): Omit<HumanTask, '_id'> {
  const { _id, outcome, told, announced, ...shown } = task as HumanTask &
    Readonly<Record<'outcome' | 'told' | 'announced', unknown>>;
  return shown;
}
