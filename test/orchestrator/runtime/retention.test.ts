import { afterEach, describe, expect, it } from '@jest/globals';
import type { RetentionPolicy } from '../../../orchestrator/runtime/retention.js';
import { workflow } from '../engine/workflow-text.js';
import { call, createWorld, workspace, type World } from './world.js';

const worlds: World[] = [];
async function world(
  retention: RetentionPolicy,
  documents: readonly string[],
): ReturnType<typeof createWorld> {
  const made = await createWorld({ documents, retention });
  worlds.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((each) => each.close()));
});

const views = async (of: World) =>
  (await of.runtime.store.runs.find()).map(({ doc }) => `${doc.workflow.name} ${doc.status}`).sort();
const DAY = 86_400_000;

describe('retention', () => {
  it('keeps everything unless it is told otherwise', async () => {
    const here = await world({}, [workflow(call('pay'))]);
    await here.open();
    await here.settle();
    here.offset.milliseconds = 4_000 * DAY;
    expect(await here.runtime.forget()).toBe(0);
    expect(await views(here)).toEqual(['test completed']);
  });

  it('removes what ended long ago, keeps the case, and runs nothing again', async () => {
    const here = await world({ longest: 'P30D' }, [workflow(call('pay'))]);
    const opened = await here.open();
    await here.settle();
    here.offset.milliseconds = 29 * DAY;
    expect(await here.runtime.forget()).toBe(0);
    here.offset.milliseconds = 31 * DAY;
    expect(await here.runtime.forget()).toBe(1);
    expect(await views(here)).toEqual([]);
    expect(await here.kept.journal.version(`${workspace}/run/${opened.runId}`)).toBe(0);
    const { doc } = (await here.runtime.cases.collection.get(`${workspace}/${opened.caseId}`))!;
    expect(doc).toMatchObject({ number: 'TEST-000001', runs: [opened.runId], removed: [opened.runId] });
    expect(await here.open()).toEqual(opened);
    await here.settle();
    expect(here.calls).toHaveLength(1);
  });

  it('keeps the latest of many', async () => {
    const here = await world({ most: 2 }, [workflow(call('pay'))]);
    const opened: string[] = [];
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      opened.push((await here.open({}, key)).runId);
      await here.settle();
      here.offset.milliseconds += DAY;
    }
    expect(await here.runtime.forget()).toBe(3);
    const left = (await here.runtime.store.runs.find()).map(({ doc }) => doc.id);
    expect(new Set(left)).toEqual(new Set(opened.slice(3)));
  });

  it('keeps the ended child of a run that has not ended, and runs that may be resumed', async () => {
    const here = await world({ longest: 'P1D' }, [
      workflow(`
  - child: { run: { workflow: { namespace: test, name: child, version: '1.0.0' } } }
  - rest: { wait: P9Y }`),
      workflow(call('pay')).replace('name: test', 'name: child'),
    ]);
    await here.open();
    await here.settle();
    here.offset.milliseconds = 60 * DAY;
    expect(await here.runtime.forget()).toBe(0);
    expect(await views(here)).toEqual(['child completed', 'test waiting']);
  });
});
