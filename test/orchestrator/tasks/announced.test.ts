import { describe, expect, it } from '@jest/globals';
import { caseIdSchema, DEFAULT_WORKSPACE as workspace, runIdSchema } from '../../../contracts/ids.js';
import { streams } from '../../../contracts/streams.js';
import { StoreUnavailableError } from '../../../contracts/store-unavailable.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { createHumanTasks, type NewHumanTask } from '../../../orchestrator/tasks/human-tasks.js';

const request: NewHumanTask = {
  workspace,
  useCase: 'test',
  caseId: caseIdSchema.parse('case-1'),
  runId: runIdSchema.parse('run-1'),
  key: '/do/0/check',
  name: 'check',
  title: 'Check it',
  role: 'case-officer',
  form: 'check',
  data: {},
  excluded: [],
};

describe('a task whose opening was cut short', () => {
  it('is told of when it is asked for again, and then no more', async () => {
    const journal = createMemoryJournal();
    let away = true;
    const tasks = createHumanTasks({
      documents: createMemoryDocuments(),
      journal: {
        ...journal,
        append: (...args) =>
          away
            ? Promise.reject(new StoreUnavailableError('journal', { cause: new Error('ETIMEDOUT') }))
            : journal.append(...args),
      },
      clocks: { of: () => ({ now: () => new Date(0) }) },
      realClock: { now: () => new Date(0) },
      digest: { sha256: () => 'a1b2c3', keyed: (text) => text },
      attest: () => Promise.resolve('jws'),
      formViolations: () => [],
      done: () => Promise.resolve(),
    });
    await expect(tasks.open(request)).rejects.toThrow(StoreUnavailableError);
    away = false;
    for (let time = 0; time < 3; time += 1) expect(await tasks.open(request)).toBeUndefined();
    const log = await journal.read(streams.log(workspace));
    expect(log.map(({ event }) => event)).toEqual([
      expect.objectContaining({ type: 'human-task.opened', name: 'check' }),
    ]);
  });
});
