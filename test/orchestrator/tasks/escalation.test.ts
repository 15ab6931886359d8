import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CatalogFunction } from '../../../contracts/catalog-function.js';
import type { HumanTask } from '../../../contracts/human-task.js';
import { DEFAULT_WORKSPACE as workspace } from '../../../contracts/ids.js';
import type { Principal, Role } from '../../../contracts/identity.js';
import type { JsonObject } from '../../../contracts/json.js';
import { streams } from '../../../contracts/streams.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { createHumanTaskFunction } from '../../../orchestrator/tasks/human-task-function.js';
import { createHumanTasks, type HumanTasks } from '../../../orchestrator/tasks/human-tasks.js';

const START = '2026-01-05T09:00:00.000Z';

let now: string;
let alarms: Map<string, string>;
let tasks: HumanTasks;
let humanTask: CatalogFunction;
let journal: ReturnType<typeof createMemoryJournal>;

beforeEach(() => {
  now = START;
  alarms = new Map();
  journal = createMemoryJournal();
  tasks = createHumanTasks({
    documents: createMemoryDocuments(),
    journal,
    clocks: { of: () => ({ now: () => new Date(now) }) },
    realClock: { now: () => new Date(START) },
    digest: {
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
      keyed: (text) => text,
    },
    attest: () => Promise.resolve('jws'),
    formViolations: () => [],
    done: () => Promise.resolve(),
    alarms: {
      set: (_workspace, task, due) => {
        if (!alarms.has(task)) alarms.set(task, due);
        return Promise.resolve();
      },
      cancel: (_workspace, task) => {
        alarms.delete(task);
        return Promise.resolve();
      },
    },
  });
  humanTask = createHumanTaskFunction(tasks);
});

const plain = { title: 'Check it', role: 'case-officer', form: 'check' };
const key = '/do/0/check';

const ask = (args: JsonObject): ReturnType<CatalogFunction> =>
  humanTask({ ...plain, ...args }, {
    effect: { kind: 'call', key },
    origin: {
      run: { id: 'run-1', workspace, useCase: 'test', caseId: 'case-1' },
      metadata: {},
      now: new Date(now),
    },
  } as unknown as Parameters<CatalogFunction>[1]);

const person = (username: string, role: Role): Principal =>
  ({ subject: `s-${username}`, username, roles: [role] }) as unknown as Principal;

async function onlyTask(): Promise<HumanTask> {
  const [task] = await tasks.list(workspace, person('yuki', 'trainer'), {});
  return task!;
}

const log = async (): Promise<readonly unknown[]> =>
  (await journal.read(streams.log(workspace))).map(({ event }) => event);

describe('the due date of a human task', () => {
  it.each([
    ['P3D', '2026-01-08T09:00:00.000Z'],
    [{ hours: 6 }, '2026-01-05T15:00:00.000Z'],
    ['2026-02-01T00:00:00+02:00', '2026-01-31T22:00:00.000Z'],
  ])('is a duration or an instant: %j', async (due, expected) => {
    expect(await ask({ due })).toEqual({ kind: 'waiting' });
    expect(await onlyTask()).toMatchObject({ due: expected });
    // By itself it rings nothing and ends nothing.
    expect(alarms.size).toBe(0);
  });

  it.each([
    [{ due: 'soon' }, 'due'],
    [{ due: {}, escalate: { after: 'later', to: 'trainer' } }, 'escalate.after'],
    [{ escalate: { after: 'due', to: 'trainer' } }, 'no due date'],
    [{ escalate: { after: 'P1D', to: 'nobody' } }, 'escalate.to'],
    [{ escalate: { after: 'P1D', to: 'trainer' }, person: 'person-amina' }, 'one person'],
  ])('is refused with %j', async (args, why) => {
    expect(await ask(args as JsonObject)).toMatchObject({
      kind: 'error',
      error: { status: 400, detail: expect.stringContaining(why) },
    });
    expect(await onlyTask()).toBeUndefined();
  });
});

describe('the escalation of a human task', () => {
  const escalate = { after: 'due', to: 'administrator' };

  it('moves the task to the other role when its time has come', async () => {
    await ask({ due: 'P3D', escalate });
    const { id } = await onlyTask();
    expect([...alarms]).toEqual([[id, '2026-01-08T09:00:00.000Z']]);
    const lin = person('lin', 'case-officer');
    await tasks.claim(workspace, id, lin);
    now = '2026-01-08T09:00:00.000Z';
    await tasks.escalate(workspace, id);
    const moved = await onlyTask();
    expect(moved).toMatchObject({
      role: 'administrator',
      escalatedFrom: 'case-officer',
      escalatedAt: now,
      state: 'open',
    });
    expect(moved.assignee).toBeUndefined();
    await expect(tasks.complete(workspace, id, lin, {})).rejects.toMatchObject({ code: 'GSB-AUT-002' });
    expect(await tasks.list(workspace, lin, {})).toEqual([]);
    const ada = person('ada', 'administrator');
    expect(await tasks.complete(workspace, id, ada, {})).toMatchObject({ state: 'completed' });
    expect((await log()).at(2)).toMatchObject({
      type: 'human-task.escalated',
      role: 'administrator',
      from: 'case-officer',
      time: now,
    });
  });

  it('counts from when the task was opened, also when it is asked for again after a crash', async () => {
    await ask({ escalate: { after: 'P1D', to: 'administrator' } });
    now = '2026-01-05T20:00:00.000Z';
    alarms.clear();
    await ask({ escalate: { after: 'P1D', to: 'administrator' } });
    expect([...alarms.values()]).toEqual(['2026-01-06T09:00:00.000Z']);
  });

  it('happens once, and not to a task that is done', async () => {
    await ask({ due: 'P1D', escalate });
    const { id } = await onlyTask();
    await tasks.escalate(workspace, id);
    await tasks.escalate(workspace, id);
    expect(
      (await log()).filter((event) => (event as { type: string }).type === 'human-task.escalated'),
    ).toHaveLength(1);
    alarms.clear();
    await ask({ due: 'P1D', escalate });
    expect(alarms.size).toBe(0);
    await tasks.complete(workspace, id, person('ada', 'administrator'), {});
    await tasks.escalate(workspace, id);
    expect(await onlyTask()).toMatchObject({ state: 'completed', role: 'administrator' });
  });

  it('is called off when the task is completed or withdrawn', async () => {
    await ask({ due: 'P1D', escalate });
    const { id, runId } = await onlyTask();
    await tasks.withdraw(workspace, runId, key);
    expect(alarms.size).toBe(0);
    await tasks.escalate(workspace, id);
    expect(await onlyTask()).toMatchObject({ state: 'cancelled', role: 'case-officer' });
    // A resumed run asks for it again.
    await ask({ due: 'P1D', escalate });
    expect(alarms.size).toBe(1);
    await tasks.complete(workspace, id, person('lin', 'case-officer'), {});
    expect(alarms.size).toBe(0);
  });
});
