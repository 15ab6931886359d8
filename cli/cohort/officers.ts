import type { CohortPlan } from '../../contracts/scenario.js';
import { isJsonObject, type Json } from '../../contracts/json.js';
import type { HumanTask } from '../../contracts/human-task.js';
import { taskIdSchema } from '../../contracts/ids.js';
import type { WorkspaceEvent } from '../../contracts/workspace-event.js';
import { readEvents } from '../live/server-sent-events.js';
import { pause } from '../real-clock.js';
import { ApiRefusal, type TasksAnswer } from '../api-client.js';
import type { Access } from '../access.js';

type BulkAnswer = CohortPlan['answers'][number];

/** Officers who answer in bulk what the plan says, and leave everything else for a person. */
export interface Officers {
  /** Resolves when nothing moves any more and no task is left that they would do. */
  atRest(): Promise<void>;
  stop(): Promise<void>;
}

/** Tasks worked on at the same time: an office, not a queue at one desk. */
const DESKS = 8;

export function playOfficers(session: Access, plan: readonly BulkAnswer[], trainer: string): Officers {
  const answers = new Map(plan.map((answer) => [answer.task, answer]));
  const abort = new AbortController();
  const waiting: string[] = [];
  let working = 0;
  let listening = false;
  let failure: unknown;

  const work = async (taskId: string): Promise<void> => {
    const { task } = await session
      .as(trainer)
      .get<{ task: HumanTask }>(`/tasks/${taskIdSchema.parse(taskId)}`);
    const answer = answers.get(task.name);
    const data = answer === undefined ? undefined : dataFor(answer, task);
    if (answer === undefined || data === undefined || task.state !== 'open') return;
    await session
      .as(answer.as)
      .post(`/tasks/${task.id}/complete`, { data })
      .catch((error: unknown) => {
        // An answer whose receipt was lost with the connection counts all the same.
        if (!(error instanceof ApiRefusal) || error.code !== 'GSB-REQ-003') throw error;
      });
  };

  const next = (): void => {
    while (working < DESKS) {
      const task = waiting.shift();
      if (task === undefined) return;
      working += 1;
      work(task)
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => {
          working -= 1;
          next();
        });
    }
  };

  const take = (task: { readonly name: string; readonly id: string }): void => {
    if (!answers.has(task.name)) return;
    waiting.push(task.id);
    next();
  };

  /** Listens until the connection breaks. Who listens again first looks up what was opened in between. */
  const listen = async (again: boolean): Promise<void> => {
    const stream = await session.as(trainer).stream('/stream?only=log', abort.signal);
    if (again) (await session.as(trainer).get<TasksAnswer>('/tasks?state=open')).tasks.forEach(take);
    listening = true;
    try {
      for await (const { data } of readEvents(stream)) {
        const { stream: name, event } = JSON.parse(data) as { stream: string; event: WorkspaceEvent };
        if (name === 'log' && event.type === 'human-task.opened')
          take({ name: event.name, id: event.taskId });
      }
    } catch {
      // The sandbox was stopped or started again: a new connection tells which.
    } finally {
      listening = false;
    }
  };

  const reading = (async () => {
    for (let again = false; !abort.signal.aborted; again = true) await listen(again);
  })().catch((error: unknown) => {
    if (!abort.signal.aborted) failure ??= error;
  });

  const idle = async (): Promise<boolean> => {
    if (failure !== undefined)
      throw failure instanceof Error ? failure : new Error('an officer failed', { cause: failure });
    return listening && waiting.length === 0 && working === 0 && (await session.quiet());
  };

  return {
    atRest: async () => {
      // Several times in a row: between a task's opening and its arrival here lies a moment.
      for (let calm = 0; calm < 3;) {
        calm = (await idle()) ? calm + 1 : 0;
        await pause(100);
      }
    },
    stop: async () => {
      abort.abort();
      await reading;
    },
  };
}

/** The answer to a task, or undefined when the task lacks what the plan asks for. */
function dataFor({ data, needs, take }: BulkAnswer, task: HumanTask): Json | undefined {
  const of = isJsonObject(task.data) ? task.data : {};
  const lacking = needs.some((name) => of[name] === undefined || of[name] === null || of[name] === '');
  if (lacking) return undefined;
  return { ...data, ...Object.fromEntries(take.map((name) => [name, of[name] ?? null])) };
}
