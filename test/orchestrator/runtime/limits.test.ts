import { afterEach, describe, expect, it } from '@jest/globals';
import { runIdSchema } from '../../../contracts/ids.js';
import { defaultLimits, limitVariables, type Limits } from '../../../contracts/limits.js';
import { readConfig } from '../../../app/config.js';
import { workflow } from '../engine/workflow-text.js';
import { createWorld, workspace, type World } from './world.js';

const worlds: World[] = [];
async function world(limits: Partial<Limits>, documents: readonly string[]): ReturnType<typeof createWorld> {
  const made = await createWorld({ documents, limits: { ...defaultLimits, ...limits } });
  worlds.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((each) => each.close()));
});

const runOf = async (of: World, id: string) => (await of.runtime.store.runs.get(`${workspace}/${id}`))!.doc;
describe('a limit', () => {
  it.each<{ limit: keyof Limits; most: number; tasks: string }>([
    {
      limit: 'steps',
      most: 50,
      tasks: `
  - loop:
      try:
        - again: { set: { n: 1 }, then: loop }
      catch: { retry: { delay: PT0S } }
      then: loop`,
    },
    {
      limit: 'depth',
      most: 2,
      tasks: `
  - a: { do: [ { b: { do: [ { c: { do: [ { d: { set: { n: 1 } } } ] } } ] } } ] }`,
    },
    { limit: 'payload', most: 500, tasks: `\n  - big: { set: '\${ {list: [range(200)]} }' }` },
    {
      limit: 'fanOut',
      most: 10,
      tasks: `
  - map:
      metadata: { sandbox: { concurrency: 2, onItemError: collect } }
      for: { in: '\${ [range(11)] }' }
      do: [ { one: { set: { n: 1 } } } ]`,
    },
    {
      limit: 'childDepth',
      most: 3,
      tasks: `
  - self: { run: { workflow: { namespace: test, name: test, version: '1.0.0' } } }`,
    },
  ])('$limit ends the run with its name and the variable that raises it', async ({ limit, most, tasks }) => {
    const here = await world({ [limit]: most }, [
      workflow(`
  - guarded:
      try:${tasks.replaceAll('\n', '\n      ')}
      catch: { do: [ { note: { set: { caught: true } } } ] }`),
    ]);
    const { runId } = await here.open();
    await here.settle();
    const { status, error } = await runOf(here, runId);
    expect(status).toBe('faulted');
    expect(error).toMatchObject({ status: 422, title: 'A limit of the sandbox was reached' });
    expect(error?.detail).toContain(`The limit is ${most}`);
    expect(error?.detail).toContain(limitVariables[limit]);
  });

  it('does not fault a run that keeps just within it', async () => {
    const here = await world({ steps: 4, depth: 3, fanOut: 3, payload: 100 }, [
      workflow(`
  - map:
      metadata: { sandbox: { concurrency: 3 } }
      for: { in: '\${ [1, 2, 3] }' }
      do: [ { one: { set: { n: 1 } } } ]`),
    ]);
    const { runId } = await here.open();
    await here.settle();
    expect((await runOf(here, runId)).status).toBe('completed');
  });

  it('refuses new cases beyond the runs of a workspace, and finds those that are there', async () => {
    const here = await world({ runs: 2 }, [workflow(`\n  - rest: { wait: P1D }`)]);
    await here.open({}, 'a');
    await here.open({}, 'b');
    await here.settle();
    const refused = await here.open({}, 'c').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'GSB-RUN-005', status: 429, extensions: { retryAfter: 10 } });
    expect(String(refused)).toContain('SANDBOX_MAX_RUNS');
    expect((await here.open({}, 'a')).runId).toMatch(/^run-/);
  });

  it('refuses events that are too long, and events beyond the inbox', async () => {
    const here = await world({ inbox: 2, payload: 100 }, [workflow(`\n  - rest: { wait: P1D }`)]);
    const { runId } = await here.open();
    await here.settle();
    const send = (id: string, data: string): Promise<unknown> =>
      here.runtime.events
        .deliver(workspace, runIdSchema.parse(runId), {
          specversion: '1.0',
          id,
          source: 's',
          type: 't',
          data,
        })
        .catch((error: unknown) => error);
    expect(await send('1', 'x'.repeat(200))).toMatchObject({ code: 'GSB-REQ-004' });
    expect(await send('2', 'x')).toBeUndefined();
    expect(await send('3', 'x')).toBeUndefined();
    expect(await send('4', 'x')).toMatchObject({ code: 'GSB-RUN-004' });
  });

  it('is read from its variable', () => {
    for (const [limit, name] of Object.entries(limitVariables))
      expect(readConfig({ [name]: '7' }).limits).toEqual({ ...defaultLimits, [limit]: 7 });
    expect(() => readConfig({ SANDBOX_MAX_STEPS: 'many' })).toThrow(/SANDBOX_MAX_STEPS/);
  });

  it('leaves room for a census of 10,000 households', () => {
    // Its payment cycle hands 1.6 KB for each of them from task to task (test/usecases/usct-payment.test.ts).
    const household = JSON.stringify({ n: 'x'.repeat(1_700) });
    expect(10_000 * household.length).toBeLessThan(defaultLimits.payload);
    expect(10_000 * 10).toBeLessThan(defaultLimits.steps);
  });
});
