import { afterEach, describe, expect, it } from '@jest/globals';
import { runIdSchema } from '../../../contracts/ids.js';
import type { Json } from '../../../contracts/json.js';
import type { Run } from '../../../contracts/run.js';
import type { BlockCallAnswer, BlockCallRequest } from '../../../orchestrator/runtime/block-call.js';
import { workflow } from '../engine/workflow-text.js';
import { createWorld, workspace, type World } from './world.js';

const ok = (body: object = {}, status = 200): BlockCallAnswer => ({
  kind: 'answered',
  status,
  headers: {},
  body: body as never,
  request: { method: 'POST', uri: 'x' },
});

const worlds: World[] = [];
type Made = Awaited<ReturnType<typeof createWorld>>;
async function world(options: Parameters<typeof createWorld>[0]): Promise<Made> {
  const made = await createWorld(options);
  worlds.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((each) => each.close()));
});

const runOf = async (of: World, id: string): Promise<Run> =>
  (await of.runtime.store.runs.get(`${workspace}/${id}`))!.doc;

/** Runs it again and lets it come as far as it goes. */
async function again(of: World, run: string, from: string, input?: Json): Promise<Run> {
  const id = await of.runtime.runAgain({
    workspace,
    run: runIdSchema.parse(run),
    from,
    ...(input === undefined ? {} : { input }),
  });
  await of.settle();
  return runOf(of, id);
}

const keyOf = ({ headers }: BlockCallRequest): string => String(headers['idempotency-key']);

/** A call whose body is what the expression says. */
const send = (name: string, body: string, more = ''): string => `
  - ${name}:
      call: openapi
      with:
        document: { endpoint: 'govstack://payments/openapi.json' }
        operationId: ${name}
        parameters: { body: '\${ ${body} }' }
${more}`;

const answers = (call: BlockCallRequest): BlockCallAnswer => ok({ answered: call.operationId });

describe('a run that is run again', () => {
  const three = workflow(send('first', '.') + send('second', '.') + send('third', '.'));

  it('takes over what was before the task and runs anew from there, as a run that remembers its origin', async () => {
    const here = await world({ documents: [three], answer: answers });
    const { caseId, runId } = await here.open({ amount: 7 });
    await here.settle();
    here.calls.splice(0);
    const run = await again(here, runId, '/do/1/second');
    expect(run).toMatchObject({
      status: 'completed',
      caseId,
      origin: { runId, task: '/do/1/second', earlier: [runId] },
      digest: (await runOf(here, runId)).digest,
    });
    expect(here.calls.map(({ operationId }) => operationId)).toEqual(['second', 'third']);
    expect(here.calls[0]?.parameters).toEqual({ body: { answered: 'first' } });
    const events = await here.events(run.id);
    expect(events[0]).toMatchObject({ type: 'run.created', origin: { runId } });
    expect(events.filter(({ copiedFrom }) => copiedFrom !== undefined).map(({ type }) => type)).toEqual([
      'task.started',
      'task.completed',
    ]);
    expect((await here.runtime.cases.collection.get(`${workspace}/${caseId}`))?.doc.runs).toEqual([
      runId,
      run.id,
    ]);
  });

  it('asks for what is not edited under the key of the first run', async () => {
    const here = await world({ documents: [three], answer: answers });
    const { runId } = await here.open();
    await here.settle();
    const keys = here.calls.splice(0).map(keyOf);
    const second = await again(here, runId, '/do/1/second');
    expect(here.calls.splice(0).map(keyOf)).toEqual(keys.slice(1));
    await again(here, second.id, '');
    expect(here.calls.map(keyOf)).toEqual(keys);
  });

  it('asks for what is edited under a key of its own, the same in each repetition', async () => {
    const here = await world({ documents: [three], answer: answers });
    const { runId } = await here.open();
    await here.settle();
    const keys = here.calls.splice(0).map(keyOf);
    await again(here, runId, '/do/1/second', { amount: 8 });
    const [edited, after] = here.calls.splice(0);
    expect(edited?.parameters).toEqual({ body: { amount: 8 } });
    expect(keys).not.toContain(keyOf(edited!));
    // What the edit does not reach is asked for as before.
    expect(keyOf(after!)).toBe(keys[2]);
    await again(here, runId, '/do/1/second', { amount: 8 });
    expect(keyOf(here.calls.splice(0)[0]!)).toBe(keyOf(edited!));
    await again(here, runId, '/do/1/second', { amount: 9 });
    expect(keyOf(here.calls[0]!)).not.toBe(keyOf(edited!));
  });

  it('keeps its edited input when it is continued after a restart', async () => {
    const text = workflow(`
  - before: { set: { amount: 1 } }
  - keep: { set: '\${ {kept: .amount} }' }
  - pause: { wait: P1D }
  - after: { set: '\${ . }' }`);
    const here = await world({ documents: [text] });
    const { runId } = await here.open();
    await here.settle();
    here.offset.milliseconds += 2 * 86_400_000;
    await here.runtime.timers.fire((await here.runtime.timers.next(workspace))!._id);
    await here.settle();
    const { id } = await again(here, runId, '/do/1/keep', { amount: 5 });
    const there = await world({ documents: [text], kept: here.kept });
    there.offset.milliseconds = here.offset.milliseconds + 2 * 86_400_000;
    await there.runtime.timers.fire((await there.runtime.timers.next(workspace))!._id);
    await there.settle();
    const records = await there.kept.journal.read(`${workspace}/run/${id}`);
    const ended = records.find(({ event }) => (event as { type?: string }).type === 'run.completed');
    expect(ended?.payload).toEqual({ output: { kept: 5 } });
  });

  it('asks what became of an effect before it sends it again, whatever the arguments', async () => {
    const unclear = `
      metadata:
        sandbox:
          unclear: { ask: { operationId: look }, found: '.found', as: '{answered: .was}' }`;
    const here = await world({
      documents: [workflow(send('pay', '.', unclear))],
      answer: ({ operationId }) =>
        operationId === 'look' ? ok({ found: true, was: 'then' }) : ok({ answered: 'now' }),
    });
    const { runId } = await here.open({ amount: 1 });
    await here.settle();
    here.calls.splice(0);
    for (const input of [undefined, { amount: 2 }]) {
      const run = await again(here, runId, '/do/0/pay', input);
      expect(run.status).toBe('completed');
      expect(here.calls.splice(0).map(({ operationId }) => operationId)).toEqual(['look']);
    }
  });

  it('does not ask in other words for what may be done once only', async () => {
    const once = `
      metadata: { sandbox: { once: true } }`;
    const here = await world({ documents: [workflow(send('issue', '.', once))], answer: answers });
    const { runId } = await here.open({ amount: 1 });
    await here.settle();
    here.calls.splice(0);
    const other = await again(here, runId, '/do/0/issue', { amount: 2 });
    expect(other).toMatchObject({ status: 'faulted', error: { status: 409, instance: '/do/0/issue' } });
    expect(here.calls).toEqual([]);
    expect((await again(here, runId, '/do/0/issue')).status).toBe('completed');
    expect(here.calls).toHaveLength(1);
  });

  it('edits the input of the whole workflow when it begins at its beginning', async () => {
    const here = await world({ documents: [workflow(send('pay', '$workflow.input'))], answer: answers });
    const { runId } = await here.open({ amount: 1 });
    await here.settle();
    here.calls.splice(0);
    await again(here, runId, '/', { amount: 2 });
    expect(here.calls[0]?.parameters).toEqual({ body: { amount: 2 } });
  });

  it('gets the callbacks that the first run got, and those that still come to its address', async () => {
    const here = await world({
      documents: [
        workflow(`${send('pay', '$runtime.metadata.callbackUrl')}
  - paid:
      listen: { to: { one: { with: { type: org.govstack.callback.paid } } } }
  - receipt:
      listen: { to: { one: { with: { type: org.govstack.callback.receipt } } } }`),
      ],
      answer: answers,
    });
    const { runId } = await here.open();
    const callback = (name: string): Promise<void> =>
      here.runtime.events.deliver(workspace, runIdSchema.parse(runId), {
        specversion: '1.0',
        id: name,
        source: 'block',
        type: `org.govstack.callback.${name}`,
        data: name,
      });
    await here.settle();
    await callback('paid');
    await here.settle();
    await here.runtime.signals.send(workspace, runIdSchema.parse(runId), {
      kind: 'cancel',
      id: 'c',
      reason: 'test',
    });
    await here.settle();
    const first = here.calls.splice(0);
    const run = await again(here, runId, '/do/0/pay');
    expect(run.waiting.map(({ name }) => name)).toEqual(['receipt']);
    expect(here.calls.map(({ parameters }) => parameters)).toEqual(first.map(({ parameters }) => parameters));
    await callback('receipt');
    await here.settle();
    expect((await runOf(here, run.id)).status).toBe('completed');
  });

  it('does not take over the failures that a resumed run has forgotten', async () => {
    let down = true;
    const here = await world({
      documents: [three],
      answer: (call) => (down && call.operationId === 'second' ? ok({}, 500) : answers(call)),
    });
    const { runId } = await here.open();
    await here.settle();
    down = false;
    await here.runtime.signals.send(workspace, runIdSchema.parse(runId), { kind: 'resume', id: 'r' });
    await here.settle();
    const run = await again(here, runId, '/do/2/third');
    expect(run.status).toBe('completed');
    expect((await here.events(run.id)).map(({ type }) => type)).not.toContain('task.faulted');
  });

  it('does not move its case a second time', async () => {
    const move = (state: string): string => `
  - to-${state}: { call: 'moveCase:1.0.0@default', with: { state: ${state}, facts: { at: ${state} } } }`;
    const here = await world({ documents: [workflow(move('working') + move('closed'))] });
    const { caseId, runId } = await here.open();
    await here.settle();
    expect((await again(here, runId, '')).status).toBe('completed');
    const of = (await here.runtime.cases.collection.get(`${workspace}/${caseId}`))!.doc;
    expect(of.history.map(({ state }) => state)).toEqual(['opened', 'working', 'closed']);
    expect(of.facts).toEqual({ at: 'closed' });
  });

  it('leaves its case where it is when the first run found it there already', async () => {
    const move = (state: string): string => `
  - to-${state}: { call: 'moveCase:1.0.0@default', with: { state: ${state} } }`;
    const here = await world({ documents: [workflow(move('opened') + move('working'))] });
    const { caseId, runId } = await here.open();
    await here.settle();
    expect((await again(here, runId, '')).status).toBe('completed');
    const of = (await here.runtime.cases.collection.get(`${workspace}/${caseId}`))!.doc;
    expect(of.history.map(({ state }) => state)).toEqual(['opened', 'working']);
  });

  it('repeats its children as children that remember theirs', async () => {
    const parent = workflow(`
  - child:
      run: { workflow: { namespace: test, name: child, version: '1.0.0', input: '\${ . }' } }`);
    const child = workflow(send('pay', '.')).replace('name: test', 'name: child');
    const here = await world({ documents: [parent, child], answer: answers });
    const { caseId, runId } = await here.open({ amount: 1 });
    await here.settle();
    const [key] = here.calls.splice(0).map(keyOf);
    const run = await again(here, runId, '/do/0/child');
    expect(run.status).toBe('completed');
    expect(here.calls.map(keyOf)).toEqual([key]);
    const runs = (await here.runtime.store.runs.find({ filter: { caseId } })).map(({ doc }) => doc);
    expect(runs).toHaveLength(4);
    const first = runs.find(({ parent: of }) => of?.runId === runId);
    expect(runs.find(({ parent: of }) => of?.runId === run.id)?.origin).toEqual({
      runId: first?.id,
      task: '',
      earlier: [first?.id],
    });
  });

  it('repeats an event under its id, so that who has it ignores it', async () => {
    const sender = workflow(`
  - tell: { emit: { event: { with: { type: told, source: 'https://x.example', data: { n: 1 } } } } }`);
    const here = await world({ documents: [sender] });
    const { runId } = await here.open();
    await here.settle();
    const run = await again(here, runId, '');
    const outputs = await Promise.all(
      [runId, run.id].map((id) => here.kept.journal.read(`${workspace}/run/${id}`)),
    );
    const [first, second] = outputs.map(
      (records) => (records.at(-1)?.payload as { output: { id: string } }).output.id,
    );
    expect(second).toBe(first);
  });
});

describe('running again is refused', () => {
  const waiting = workflow(`
  - pause: { wait: P1D }`);
  const refusal = (of: World, run: string, from: string): Promise<unknown> =>
    of.runtime.runAgain({ workspace, run: runIdSchema.parse(run), from }).then(
      () => 'accepted',
      (error: unknown) => error,
    );

  it('while the run has not ended, or a repetition of it', async () => {
    const here = await world({ documents: [waiting] });
    const { runId } = await here.open();
    await here.settle();
    expect(await refusal(here, runId, '')).toMatchObject({ code: 'GSB-REQ-003' });
    await here.runtime.signals.send(workspace, runIdSchema.parse(runId), {
      kind: 'cancel',
      id: 'c',
      reason: 'test',
    });
    await here.settle();
    const run = await again(here, runId, '');
    expect(await refusal(here, runId, '')).toMatchObject({
      code: 'GSB-REQ-003',
      detail: expect.stringContaining(run.id),
    });
  });

  it('for two at the same moment but one', async () => {
    const here = await world({ documents: [workflow(send('pay', '.'))] });
    const { runId } = await here.open();
    await here.settle();
    const both = await Promise.all([refusal(here, runId, ''), refusal(here, runId, '')]);
    expect(both.filter((one) => one === 'accepted')).toHaveLength(1);
  });

  it('from a task that it never came to, and of a run that is not there', async () => {
    const here = await world({ documents: [workflow(send('pay', '.'))] });
    const { runId } = await here.open();
    await here.settle();
    expect(await refusal(here, runId, '/do/7/nothing')).toMatchObject({ code: 'GSB-REQ-001' });
    expect(await refusal(here, 'run-unknown', '')).toMatchObject({ code: 'GSB-REQ-002' });
  });
});
