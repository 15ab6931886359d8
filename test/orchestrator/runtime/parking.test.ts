import { afterEach, describe, expect, it } from '@jest/globals';
import { runIdSchema } from '../../../contracts/ids.js';
import type { Journal } from '../../../contracts/journal.js';
import { StoreUnavailableError } from '../../../contracts/store-unavailable.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../../infra/memory/memory-journal.js';
import { workflow } from '../engine/workflow-text.js';
import { call, createWorld, workspace, type World } from './world.js';

const worlds: World[] = [];
async function world(options: Parameters<typeof createWorld>[0]): ReturnType<typeof createWorld> {
  const made = await createWorld({ retry: { attempts: 3, retryMs: 0 }, ...options });
  worlds.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((each) => each.close()));
});

const runOf = async (of: World, id: string) => (await of.runtime.store.runs.get(`${workspace}/${id}`))!.doc;
const caseOf = async (of: World, id: string) =>
  (await of.runtime.cases.collection.get(`${workspace}/${id}`))!.doc;
const resume = (of: World, id: string, signal: string) =>
  of.runtime.signals.send(workspace, runIdSchema.parse(id), { kind: 'resume', id: signal });

describe('a run whose advance keeps failing', () => {
  it('is tried a few times, then parked with its cause; a resume goes on where it stood', async () => {
    let broken = true;
    const here = await world({
      documents: [workflow(call('first') + call('second'))],
      answer: ({ operationId }) => {
        if (operationId === 'second' && broken) throw new Error('The performer has a defect');
        return undefined as never;
      },
    });
    const { runId, caseId } = await here.open();
    await here.settle();
    const run = await runOf(here, runId);
    expect(run).toMatchObject({ status: 'faulted', waiting: [], error: { instance: '/do/1/second' } });
    expect(run.error?.detail).toMatch(/Parked after 3 attempts: The performer has a defect\..*GSB-RUN-002/);
    expect((await caseOf(here, caseId)).trouble).toBe(run.error?.detail);
    expect((await here.events(runId)).at(-1)).toMatchObject({ type: 'run.faulted', parked: true });

    // Again in vain: it rests as before, and says so once.
    await resume(here, runId, 'r1');
    await here.settle();
    expect((await runOf(here, runId)).status).toBe('faulted');

    broken = false;
    await resume(here, runId, 'r2');
    await here.settle();
    expect((await runOf(here, runId)).status).toBe('completed');
    expect((await caseOf(here, caseId)).trouble).toBeUndefined();
    expect(here.calls.filter(({ operationId }) => operationId === 'first')).toHaveLength(1);
  });

  const hearing = workflow(`\n  - hear: { listen: { to: { one: { with: { type: org.example.x } } } } }`);

  it('is parked when its document is gone, and goes on when it is back', async () => {
    const before = await world({ documents: [hearing] });
    const { runId } = await before.open();
    await before.settle();
    const { kept } = before;
    for (const name of ['definitions', 'definition-bodies'])
      await kept.documents.collection(name).deleteByPrefix('');
    const without = await world({ documents: [], kept });
    await without.runtime.signals.wake(workspace, runIdSchema.parse(runId));
    await without.settle();
    expect((await runOf(without, runId)).error?.detail).toContain('There is no workflow test');
    const after = await world({ documents: [hearing], kept });
    await resume(after, runId, 'back');
    await after.settle();
    expect((await runOf(after, runId)).status).toBe('waiting');
  });

  it('is parked when its journal cannot be read, and shows nothing of what stands in it', async () => {
    const memory = createMemoryJournal();
    let unreadable = '';
    const journal: Journal = {
      ...memory,
      read: (stream, options) =>
        unreadable !== '' && stream.endsWith(unreadable)
          ? Promise.reject(new SyntaxError('Unexpected token A in JSON: "Amina"'))
          : memory.read(stream, options),
    };
    const here = await world({
      documents: [hearing],
      kept: { documents: createMemoryDocuments(), journal },
    });
    const { runId } = await here.open();
    await here.settle();
    unreadable = runId;
    await here.runtime.signals.wake(workspace, runIdSchema.parse(runId));
    await here.settle();
    const { status, error } = await runOf(here, runId);
    expect(status).toBe('faulted');
    expect(error?.detail).toContain('not valid JSON');
    expect(JSON.stringify(error)).not.toContain('Amina');
    unreadable = '';
    await resume(here, runId, 'readable');
    await here.settle();
    expect((await runOf(here, runId)).status).toBe('waiting');
  });

  it('does not stand in the way of others', async () => {
    const here = await world({
      documents: [workflow(call('pay'))],
      answer: ({ origin }) => {
        if (origin.runId === bad.runId) throw new Error('on purpose');
        return undefined as never;
      },
    });
    const bad = { runId: '' };
    bad.runId = (await here.open({}, 'first')).runId;
    const opened = await Promise.all(Array.from({ length: 20 }, (_, n) => here.open({}, `n-${n}`)));
    await here.settle();
    expect((await runOf(here, bad.runId)).status).toBe('faulted');
    for (const { runId } of opened) expect((await runOf(here, runId)).status).toBe('completed');
  });

  it('is not parked for a store that is away, however long', async () => {
    const memory = createMemoryJournal();
    let failures = 7;
    const journal: Journal = {
      ...memory,
      append: (stream, ...rest) =>
        stream.includes('/run/') && failures > 0 && rest[0] !== 0
          ? ((failures -= 1),
            Promise.reject(new StoreUnavailableError('journal', { cause: new Error('ECONNREFUSED') })))
          : memory.append(stream, ...rest),
    };
    const here = await world({
      documents: [workflow(call('pay'))],
      kept: { documents: createMemoryDocuments(), journal },
      queueAttempts: 10,
    });
    const { runId } = await here.open();
    await here.settle();
    expect(failures).toBe(0);
    expect((await runOf(here, runId)).status).toBe('completed');
    expect((await here.events(runId)).some(({ type }) => type === 'run.faulted')).toBe(false);
  });

  it('leaves what comes while it is faulted for the time after the resume', async () => {
    let down = true;
    const here = await world({
      documents: [
        workflow(`
  - both:
      fork:
        branches:
          - hear: { listen: { to: { one: { with: { type: org.example.x } } } } }
          - child: { run: { workflow: { namespace: test, name: child, version: '1.0.0' } } }
          - bad:
              call: openapi
              with: { document: { endpoint: 'govstack://payments/openapi.json' }, operationId: bad }`),
        workflow(`
  - pause: { wait: P1D }
  - done: { set: { child: ended } }`).replace('name: test', 'name: child'),
      ],
      answer: ({ operationId }) =>
        ({
          kind: 'answered',
          status: operationId === 'bad' && down ? 503 : 200,
          headers: {},
          body: {},
          request: { method: 'GET', uri: '' },
        }) as never,
    });
    const { runId } = await here.open();
    await here.settle();
    expect((await runOf(here, runId)).status).toBe('faulted');
    // Meanwhile the child ends, and an event comes.
    here.offset.milliseconds = 2 * 86_400_000;
    await here.runtime.timers.fire((await here.runtime.timers.next(workspace))!._id);
    const event = { specversion: '1.0', id: 'e', source: 's', type: 'org.example.x', data: 1 } as const;
    await here.runtime.events.deliver(workspace, runIdSchema.parse(runId), event);
    await here.settle();
    down = false;
    await resume(here, runId, 'r1');
    await here.settle();
    expect((await runOf(here, runId)).status).toBe('completed');
    const records = await here.kept.journal.read(`${workspace}/run/${runId}`);
    expect(records.at(-1)?.payload).toEqual({ output: [[1], { child: 'ended' }, {}] });
  });
});
