import { afterEach, describe, expect, it } from '@jest/globals';
import { runIdSchema, type RunId } from '../../../contracts/ids.js';
import type { Run } from '../../../contracts/run.js';
import type { BlockCallAnswer } from '../../../orchestrator/runtime/block-call.js';
import { createRunOperations, type RunOperations } from '../../../orchestrator/runtime/run-operations.js';
import { workflow } from '../engine/workflow-text.js';
import { call, createWorld, workspace } from './world.js';

type Made = Awaited<ReturnType<typeof createWorld>>;
const worlds: Made[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((each) => each.close()));
});

const failure: BlockCallAnswer = {
  kind: 'answered',
  status: 500,
  headers: {},
  body: {},
  request: { method: 'POST', uri: 'x' },
};

interface Operated {
  readonly here: Made;
  readonly run: RunId;
  readonly operations: RunOperations;
  readonly status: () => Promise<Run['status']>;
  readonly mend: () => void;
}

type State = 'waiting' | 'suspended' | 'faulted' | 'cancelled' | 'completed';

/** A run that stands in this state. */
async function standing(state: State): Promise<Operated> {
  let down = state === 'faulted';
  const text = state === 'completed' || state === 'faulted' ? call('pay') : `\n  - pause: { wait: P1D }`;
  const here = await createWorld({
    documents: [workflow(text)],
    answer: () => (down ? failure : { ...failure, status: 200 }),
  });
  worlds.push(here);
  let last = 0;
  const operations = createRunOperations({
    ...here.runtime,
    ids: { next: (prefix) => `${prefix}-${(last += 1)}` },
  });
  const run = runIdSchema.parse((await here.open()).runId);
  await here.settle();
  if (state === 'suspended') await operations.signal(workspace, run, 'suspend', 'tester');
  if (state === 'cancelled') await operations.signal(workspace, run, 'cancel', 'tester');
  await here.settle();
  const status = async (): Promise<Run['status']> =>
    (await here.runtime.store.runs.get(`${workspace}/${run}`))!.doc.status;
  expect(await status()).toBe(state);
  return { here, run, operations, status, mend: () => (down = false) };
}

const states: readonly State[] = ['waiting', 'suspended', 'faulted', 'cancelled', 'completed'];
/** What each operation leads to; a run stands in other states only where it is refused. */
const leadsTo = {
  suspend: { waiting: 'suspended' },
  resume: { suspended: 'waiting', faulted: 'completed' },
  cancel: { waiting: 'cancelled', suspended: 'cancelled' },
  retry: { faulted: 'completed' },
} as const;
const table = Object.entries(leadsTo).flatMap(([operation, allowed]) =>
  states.map(
    (state) =>
      [
        operation as keyof typeof leadsTo,
        state,
        (allowed as Partial<Record<State, Run['status']>>)[state],
      ] as const,
  ),
);

describe('operating a run', () => {
  it.each(table)('%s of a run that is %s leads to %s', async (operation, state, next) => {
    const { here, run, operations, status, mend } = await standing(state);
    mend();
    const done =
      operation === 'retry'
        ? operations.retry(workspace, run, 'tester')
        : operations.signal(workspace, run, operation, 'tester');
    if (next === undefined) {
      await expect(done).rejects.toMatchObject({
        code: 'GSB-REQ-003',
        detail: expect.stringMatching(new RegExp(`^Run ${run} is ${state}: only a .+ can be .+\\.$`)),
      });
      await here.settle();
      expect(await status()).toBe(state);
      return;
    }
    await done;
    await here.settle();
    expect(await status()).toBe(next);
  });

  it('takes into account what the run has not dealt with yet', async () => {
    const { run, operations } = await standing('waiting');
    await operations.signal(workspace, run, 'suspend', 'tester');
    await operations.signal(workspace, run, 'resume', 'tester');
    await operations.signal(workspace, run, 'cancel', 'tester');
    await expect(operations.signal(workspace, run, 'resume', 'tester')).rejects.toMatchObject({
      detail: expect.stringContaining('is cancelled'),
    });
  });

  it('clears the trouble of the case when it tries again', async () => {
    const { here, run, operations, mend } = await standing('faulted');
    const troubles = async (): Promise<unknown> => {
      const [found] = await here.runtime.cases.collection.find();
      return found?.doc.trouble;
    };
    expect(await troubles()).toBeDefined();
    mend();
    await operations.retry(workspace, run, 'tester', '/do/0/pay');
    await here.settle();
    expect(await troubles()).toBeUndefined();
  });

  it('tries again only where it failed', async () => {
    const { run, operations } = await standing('faulted');
    await expect(operations.retry(workspace, run, 'tester', '/do/7/other')).rejects.toMatchObject({
      code: 'GSB-REQ-003',
      detail: expect.stringMatching(/did not fail at \/do\/7\/other but at \/do\/0\/pay.*rerun/),
    });
  });

  it('does not try again what was run again', async () => {
    const { here, run, operations, mend } = await standing('faulted');
    mend();
    const again = await here.runtime.runAgain({ workspace, run, from: '' });
    await here.settle();
    await expect(operations.retry(workspace, run, 'tester')).rejects.toMatchObject({
      detail: expect.stringContaining(`run again as ${again}`),
    });
  });

  it('knows no run that is not there', async () => {
    const { operations } = await standing('completed');
    const unknown = runIdSchema.parse('run-unknown');
    await expect(operations.signal(workspace, unknown, 'cancel', 'tester')).rejects.toMatchObject({
      code: 'GSB-REQ-002',
    });
  });
});
