import { afterEach, describe, expect, it } from '@jest/globals';
import type { Run } from '../../../contracts/run.js';
import { runIdSchema } from '../../../contracts/ids.js';
import { loadWorkflow } from '../../../orchestrator/definition/load-workflow.js';
import { workflow } from '../engine/workflow-text.js';
import { createWorld, workspace } from './world.js';

type Made = Awaited<ReturnType<typeof createWorld>>;
const worlds: Made[] = [];
async function world(options: Parameters<typeof createWorld>[0]): Promise<Made> {
  const made = await createWorld(options);
  worlds.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((each) => each.close()));
});

const runOf = async (of: Made, id: string): Promise<Run> =>
  (await of.runtime.store.runs.get(`${workspace}/${id}`))!.doc;
const outputOf = async (of: Made, id: string): Promise<unknown> => {
  const records = await of.kept.journal.read(`${workspace}/run/${id}`);
  const ended = records.find(({ event }) => (event as { type?: string }).type === 'run.completed');
  return (ended?.payload as { output?: unknown } | undefined)?.output;
};
const waits = (output: string): string =>
  workflow(`
  - pause: { wait: P1D }
  - say: { set: { said: ${output} } }`);

async function letGo(of: Made): Promise<void> {
  of.offset.milliseconds += 2 * 86_400_000;
  for (let timer = await of.runtime.timers.next(workspace); timer !== undefined;) {
    await of.runtime.timers.fire(timer._id);
    timer = await of.runtime.timers.next(workspace);
  }
  await of.settle();
}

describe('the document of a run', () => {
  it('stays the one that it began with when the file changes without a new version, also after a restart', async () => {
    const before = await world({ documents: [waits('old')] });
    const old = await before.open({}, 'old');
    await before.settle();
    const now = await world({ documents: [waits('new')], kept: before.kept });
    const fresh = await now.open({}, 'new');
    await now.settle();
    expect((await runOf(now, fresh.runId)).digest).not.toBe((await runOf(now, old.runId)).digest);
    await letGo(now);
    expect(await outputOf(now, old.runId)).toEqual({ said: 'old' });
    expect(await outputOf(now, fresh.runId)).toEqual({ said: 'new' });
  });

  it('is there after the file is gone', async () => {
    const before = await world({ documents: [waits('old')] });
    const { runId } = await before.open();
    await before.settle();
    const now = await world({ documents: [], kept: before.kept });
    await letGo(now);
    expect(await outputOf(now, runId)).toEqual({ said: 'old' });
  });

  it('is another one when the run is run again with another version', async () => {
    const here = await world({ documents: [workflow('\n  - say: { set: { said: old } }')] });
    const { runId } = await here.open();
    await here.settle();
    const now = await world({
      documents: [workflow('\n  - say: { set: { said: new } }')],
      kept: here.kept,
    });
    const again = (workflowVersion?: string): Promise<string> =>
      now.runtime.runAgain({
        workspace,
        run: runIdSchema.parse(runId),
        from: '/do/0/say',
        ...(workflowVersion === undefined ? {} : { workflowVersion }),
      });
    const same = await again();
    await now.settle();
    expect(await outputOf(now, same)).toEqual({ said: 'old' });
    const other = await again('1.0.0');
    await now.settle();
    expect(await outputOf(now, other)).toEqual({ said: 'new' });
  });

  it('must have the task from which it is run again', async () => {
    const here = await world({ documents: [workflow('\n  - say: { set: { said: old } }')] });
    const { runId } = await here.open();
    await here.settle();
    const now = await world({ documents: [workflow('\n  - other: { set: { n: 1 } }')], kept: here.kept });
    const again = now.runtime.runAgain({
      workspace,
      run: runIdSchema.parse(runId),
      from: '/do/0/say',
      workflowVersion: '1.0.0',
    });
    await expect(again).rejects.toMatchObject({
      code: 'GSB-REQ-003',
      detail: expect.stringContaining('no task at /do/0/say'),
    });
  });
});

describe('the definitions', () => {
  it('are written once for each content', async () => {
    const here = await world({ documents: [waits('old')] });
    const { definitions } = here.runtime;
    const documents = [waits('old'), waits('old'), waits('new')].map((text) => loadWorkflow(text, 'x.yaml'));
    for (const document of documents) await definitions.keep('test', [document]);
    await definitions.keep('test', documents);
    expect(await definitions.revisions('test', 'test')).toHaveLength(2);
    expect(await definitions.digests({ useCase: 'test' })).toHaveLength(2);
    expect(await definitions.digests({ name: 'other' })).toEqual([]);
  });

  it('know the newest content of a version that is not loaded any more, and no version that never was', async () => {
    const here = await world({ documents: [waits('old')] });
    await here.open();
    await here.settle();
    const now = await world({ documents: [], kept: here.kept });
    const reference = { namespace: 'test', name: 'test', version: '1.0.0' };
    const [known] = await now.runtime.definitions.revisions('test', 'test');
    expect(await now.runtime.definitions.newest(workspace, 'test', reference)).toBe(known?.digest);
    await expect(
      now.runtime.definitions.newest(workspace, 'test', { ...reference, version: '9.0.0' }),
    ).rejects.toMatchObject({ code: 'GSB-DEF-001', detail: expect.stringContaining('known: 1.0.0') });
  });
});
