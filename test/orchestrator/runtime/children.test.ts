import { afterEach, describe, expect, it } from '@jest/globals';
import { runIdSchema, type RunId } from '../../../contracts/ids.js';
import type { Run } from '../../../contracts/run.js';
import { workflow } from '../engine/workflow-text.js';
import { createWorld, workspace, type World } from './world.js';

const waiting = workflow('\n  - rest: { wait: P1D }').replace('name: test', 'name: child');
const parent = (more = ''): string =>
  workflow(`
  - child: { run: { workflow: { namespace: test, name: child, version: '1.0.0' } }${more} }`);

describe('a run and the run that it waits for', () => {
  const open: World[] = [];
  const started = async (
    document: string,
  ): Promise<{ here: World; runs: () => Promise<Map<string, Run>> }> => {
    const here = await createWorld({ documents: [document, waiting] });
    open.push(here);
    await here.open();
    await here.settle();
    const runs = async (): Promise<Map<string, Run>> => {
      await here.settle();
      return new Map((await here.runtime.store.runs.find()).map(({ doc }) => [doc.workflow.name, doc]));
    };
    return { here, runs };
  };
  const cancel = (here: World, run: RunId): Promise<void> =>
    here.runtime.signals.send(workspace, run, { kind: 'cancel', id: `cancel-${run}`, reason: 'test' });
  afterEach(async () => {
    for (const world of open.splice(0)) await world.close();
  });

  it('faults when that run is cancelled, and says which', async () => {
    const { here, runs } = await started(parent());
    const child = (await runs()).get('child')!;
    await cancel(here, child.id);
    const after = await runs();
    expect(after.get('child')?.status).toBe('cancelled');
    expect(after.get('test')).toMatchObject({
      status: 'faulted',
      error: { instance: '/do/0/child', detail: expect.stringContaining(child.id) },
    });
  });

  it('takes it along when it is cancelled itself', async () => {
    const { here, runs } = await started(parent());
    await cancel(here, runIdSchema.parse((await runs()).get('test')?.id));
    const after = await runs();
    expect([after.get('test')?.status, after.get('child')?.status]).toEqual(['cancelled', 'cancelled']);
  });

  it('leaves alone a run that it does not wait for', async () => {
    const more = workflow(`
  - child: { run: { await: false, workflow: { namespace: test, name: child, version: '1.0.0' } } }
  - rest: { wait: P1D }`);
    const { here, runs } = await started(more);
    await cancel(here, runIdSchema.parse((await runs()).get('test')?.id));
    const after = await runs();
    expect([after.get('test')?.status, after.get('child')?.status]).toEqual(['cancelled', 'waiting']);
  });
});
