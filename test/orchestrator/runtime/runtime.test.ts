import { afterEach, describe, expect, it } from '@jest/globals';
import { runIdSchema } from '../../../contracts/ids.js';
import type { BlockCallAnswer } from '../../../orchestrator/runtime/block-call.js';
import { workflow } from '../engine/workflow-text.js';
import { call, createWorld, workspace, type World } from './world.js';

const answered = (status: number, body: object = {}): BlockCallAnswer => ({
  kind: 'answered',
  status,
  headers: {},
  body: body as never,
  request: { method: 'POST', uri: 'x' },
});
const lost: BlockCallAnswer = { kind: 'lost', beforeEffect: false, reason: 'the connection dropped' };

const worlds: World[] = [];
async function world(options: Parameters<typeof createWorld>[0]): ReturnType<typeof createWorld> {
  const made = await createWorld(options);
  worlds.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((each) => each.close()));
});

const runOf = async (of: World, id: string) => (await of.runtime.store.runs.get(`${workspace}/${id}`))!.doc;

describe('a run', () => {
  it('runs to its end, and the same key does not run it again', async () => {
    const here = await world({ documents: [workflow(call('pay'))] });
    const first = await here.open();
    await here.settle();
    expect(await here.open()).toEqual(first);
    await here.settle();
    expect(here.calls).toHaveLength(1);
    expect(await runOf(here, first.runId)).toMatchObject({ status: 'completed', waiting: [] });
  });

  it('moves its case by declared transitions only', async () => {
    const move = (state: string): string => `
  - to-${state}: { call: 'moveCase:1.0.0@default', with: { state: ${state}, facts: { at: ${state} } } }`;
    const here = await world({ documents: [workflow(move('working') + move('closed') + move('working'))] });
    const { caseId, runId } = await here.open();
    await here.settle();
    const found = (await here.runtime.cases.collection.get(`${workspace}/${caseId}`))!.doc;
    expect(found).toMatchObject({ state: 'closed', number: 'TEST-000001', facts: { at: 'closed' } });
    expect(found.history.map(({ state }) => state)).toEqual(['opened', 'working', 'closed']);
    expect(found.trouble).toContain('no transition leads from there to "working"');
    expect((await runOf(here, runId)).error?.status).toBe(409);
  });

  it('waits on the workspace clock', async () => {
    const here = await world({
      documents: [
        workflow(`
  - pause: { wait: P2M }`),
      ],
    });
    const { runId } = await here.open();
    await here.settle();
    expect((await runOf(here, runId)).waiting).toMatchObject([
      { name: 'pause', due: '2026-03-01T00:00:00.000Z' },
    ]);
    here.offset.milliseconds = 70 * 86_400_000;
    const timer = await here.runtime.timers.next(workspace);
    await here.runtime.timers.fire(timer!._id);
    await here.settle();
    expect((await runOf(here, runId)).status).toBe('completed');
  });

  it('waits for its child and takes its output', async () => {
    const parent = workflow(`
  - child: { run: { workflow: { namespace: test, name: child, version: '1.0.0', input: { n: 20 } } } }
  - double: { set: '\${ {n: (.n * 2)} }' }`);
    const child = workflow(`
  - add: { set: '\${ {n: (.n + 1)} }' }`).replace('name: test', 'name: child');
    const here = await world({ documents: [parent, child] });
    const { runId } = await here.open();
    await here.settle();
    const records = await here.kept.journal.read(`${workspace}/run/${runId}`);
    expect(records.at(-1)?.payload).toEqual({ output: { n: 42 } });
  });
});

describe('effects happen once', () => {
  const asking = call(
    'pay',
    `      metadata:
        sandbox:
          unclear:
            ask: { operationId: status, parameters: { id: '\${ .id }' } }
            found: .found
            as: '{batchId: .batchId}'
`,
  );

  it('sends the same Idempotency-Key and body again after a crash', async () => {
    let crash = true;
    const documents = [workflow(call('pay'))];
    const before = await world({
      documents,
      answer: () => (crash ? Promise.reject(new Error('kill -9')) : answered(200)),
    });
    await before.open();
    await before.settle();
    crash = false;
    const after = await world({ documents, kept: before.kept });
    await after.settle();
    const [sent] = before.calls;
    expect(after.calls).toEqual([sent]);
    expect(sent?.headers['idempotency-key']).toMatch(/^run-.*\|\/do\/0\/pay$/);
  });

  it('asks with all that the task sees, after a crash and in a second attempt', async () => {
    const documents = [
      workflow(`
  - begin: { set: { id: b-7 }, export: { as: '\${ {batch: .id} }' } }
  - send:
      try:${call(
        'pay',
        `      metadata:
        sandbox:
          unclear:
            ask: { operationId: status, parameters: { id: '\${ $context.batch }', case: '\${ $workflow.input.n }' } }
            found: '.id == $context.batch'
            as: '{batchId: $context.batch}'
`,
      ).replaceAll('\n', '\n      ')}
      catch: { errors: { with: { status: 503 } }, retry: { delay: PT0S, limit: { attempt: { count: 2 } } } }`),
    ];
    let crash = true;
    const before = await world({
      documents,
      answer: () => (crash ? Promise.reject(new Error('kill -9')) : answered(200)),
    });
    await before.open({ n: 9 });
    await before.settle();
    crash = false;
    const after = await world({
      documents,
      kept: before.kept,
      answer: ({ parameters }) => answered(200, { id: parameters['id'] }),
    });
    await after.settle();
    expect(after.calls).toMatchObject([{ operationId: 'status', parameters: { id: 'b-7', case: 9 } }]);
    const { doc } = (await after.runtime.store.runs.find())[0]!;
    expect(doc.status).toBe('completed');
    const records = await after.kept.journal.read(`${workspace}/run/${doc.id}`);
    expect(records.at(-1)?.payload).toEqual({ output: { batchId: 'b-7' } });
  });

  it('sends nothing, and says why, when the question itself is wrong', async () => {
    const here = await world({
      documents: [workflow(asking.replace('${ .id }', '${ $nothing.id }'))],
      answer: () => lost,
    });
    const { runId } = await here.open();
    await here.settle();
    expect(here.calls.map(({ operationId }) => operationId)).toEqual(['pay']);
    const { status, error } = await runOf(here, runId);
    expect(status).toBe('faulted');
    expect(error?.type).toMatch(/\/expression$/);
    expect(error?.detail).toContain('metadata.sandbox.unclear');
  });

  it('asks before it sends again when the first outcome is unclear', async () => {
    const here = await world({
      documents: [workflow(asking)],
      answer: ({ operationId }) =>
        operationId === 'pay' ? lost : answered(200, { found: true, batchId: 'b-1' }),
    });
    const { runId } = await here.open({ id: 7 });
    await here.settle();
    expect(here.calls.map(({ operationId }) => operationId)).toEqual(['pay', 'status']);
    expect(here.calls[1]?.parameters).toEqual({ id: 7 });
    const records = await here.kept.journal.read(`${workspace}/run/${runId}`);
    expect(records.at(-1)?.payload).toEqual({ output: { batchId: 'b-1' } });
  });

  const spoilt = { kind: 'malformed', reason: '/body/batchId must be string' } as const;

  it('asks what became of a call whose answer nobody can read, too', async () => {
    const here = await world({
      documents: [workflow(asking)],
      answer: ({ operationId }) =>
        operationId === 'pay' ? spoilt : answered(200, { found: true, batchId: 'b-1' }),
    });
    const { runId } = await here.open({ id: 7 });
    await here.settle();
    expect(here.calls.map(({ operationId }) => operationId)).toEqual(['pay', 'status']);
    const records = await here.kept.journal.read(`${workspace}/run/${runId}`);
    expect(records.at(-1)?.payload).toEqual({ output: { batchId: 'b-1' } });
  });

  it('fails with a clear cause, and does not send again, when the answer about it is spoilt as well', async () => {
    const here = await world({ documents: [workflow(asking)], answer: () => spoilt });
    const { runId } = await here.open({ id: 7 });
    await here.settle();
    expect(here.calls.map(({ operationId }) => operationId)).toEqual(['pay', 'status']);
    const { status, error } = await runOf(here, runId);
    expect(status).toBe('faulted');
    expect(error).toMatchObject({
      status: 502,
      detail: 'payments answered pay outside its contract: /body/batchId must be string',
    });
  });

  it('asks first after a crash, and sends only what did not happen', async () => {
    const documents = [workflow(asking)];
    const before = await world({ documents, answer: () => Promise.reject(new Error('kill -9')) });
    await before.open({ id: 7 });
    await before.settle();
    const after = await world({
      documents,
      kept: before.kept,
      answer: ({ operationId }) =>
        answered(200, operationId === 'status' ? { found: false } : { paid: true }),
    });
    await after.settle();
    expect(after.calls.map(({ operationId }) => operationId)).toEqual(['status', 'pay']);
  });

  it('grants a claim to one holder, and a completed one never again', async () => {
    const claim = workflow(`
  - claim: { call: 'claim:1.0.0@default', with: { namespace: pay, keys: [a, b], holder: '\${ .holder }' } }
  - settle: { call: 'settleClaims:1.0.0@default', with: { namespace: pay, holder: '\${ $workflow.input.holder }', completed: [a], released: [b] } }`);
    const here = await world({ documents: [claim] });
    const results: unknown[] = [];
    for (const holder of ['x', 'y']) {
      const { runId } = await here.open({ holder }, holder);
      await here.settle();
      const records = await here.kept.journal.read(`${workspace}/run/${runId}`);
      const completed = records.filter(({ event }) => (event as { type: string }).type === 'task.completed');
      results.push(completed[0]?.payload);
    }
    expect(results).toEqual([
      { output: { granted: ['a', 'b'], refused: [] } },
      { output: { granted: ['b'], refused: [{ key: 'a', holder: 'x', state: 'completed' }] } },
    ]);
  });
});

describe('trouble', () => {
  it('parks the run with its cause, shows it at the case, and goes on after a resume', async () => {
    let down = true;
    const here = await world({
      documents: [workflow(call('first') + call('second'))],
      answer: ({ operationId }) =>
        answered(operationId === 'second' && down ? 503 : 200, { detail: 'closed for lunch' }),
    });
    const { caseId, runId } = await here.open();
    await here.settle();
    const caseDocument = async () => (await here.runtime.cases.collection.get(`${workspace}/${caseId}`))!.doc;
    expect((await caseDocument()).trouble).toBe('payments answered 503 to second: closed for lunch');
    down = false;
    await here.runtime.signals.send(workspace, runIdSchema.parse(runId), { kind: 'resume', id: 'r1' });
    await here.settle();
    expect((await runOf(here, runId)).status).toBe('completed');
    expect((await caseDocument()).trouble).toBeUndefined();
    expect(here.calls.map(({ operationId }) => operationId)).toEqual(['first', 'second', 'second']);
  });

  it('finds after a crash the signal that nobody was woken for', async () => {
    const documents = [
      workflow(`
  - hear: { listen: { to: { one: { with: { type: org.example.answer } } } } }`),
    ];
    const before = await world({ documents });
    const { runId } = await before.open();
    await before.settle();
    const event = { specversion: '1.0', id: 'e', source: 's', type: 'org.example.answer', data: 1 } as const;
    await before.kept.journal.append(`${workspace}/inbox/${runId}`, 'any', [
      { event: {}, payload: { kind: 'event', id: 'e', event } },
    ]);
    const after = await world({ documents, kept: before.kept });
    await after.settle();
    expect((await runOf(after, runId)).status).toBe('completed');
  });

  it('lets only one of two workers write', async () => {
    const documents = [workflow(call('pay'))];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const one = await world({ documents, answer: async () => held.then(() => answered(200, { by: 'one' })) });
    const { runId } = await one.open();
    const other = await world({ documents, kept: one.kept, answer: () => answered(200, { by: 'other' }) });
    await other.settle();
    release();
    await one.settle();
    const events = await one.events(runId);
    expect(events.filter(({ type }) => type === 'run.completed')).toHaveLength(1);
  });
});
