import { describe, expect, it } from '@jest/globals';
import { resumption } from '../../../orchestrator/engine/index.js';
import { Drive } from './drive.js';
import { survivesEveryCut } from './survives.js';
import { workflow } from './workflow-text.js';

/** A part with a contract; its tasks see nothing of the caller. */
const part = (name: string, tasks: string, head = ''): string => `document:
  dsl: '1.0.3'
  namespace: shared
  name: ${name}
  version: '1.0.0'
input:
  schema: { document: { type: object, required: [who], properties: { who: { type: string } } } }
output:
  schema: { document: { type: object, required: [known] } }
${head}
do:
${tasks}`;

const performs = (name: string, more = '', input = '{ who: amina }'): string =>
  `{ run: { workflow: { namespace: shared, name: ${name}, version: '1.0.0', input: ${input} } }${more} }`;

const greet = part(
  'greet',
  `
  - begin: { set: '\${ . }', export: { as: '\${ {context, given: $workflow.input.who} | {mine: 1, given} }' } }
  - ask: { call: 'ask:1.0.0@default', with: { who: '\${ $context.given }', mine: '\${ $context.mine }' } }
  - tell: { set: '\${ {known: true, said: ., context: $context} }' }`,
);

describe('a shared part', () => {
  it('runs within the run, with data of its own, and gives its output back', () => {
    const run = survivesEveryCut(
      workflow(`
  - remember: { set: { x: 1 }, export: { as: { outer: true } } }
  - greet: ${performs('greet', ", export: { as: '${ $context + {greeted: .known} }' }")}
  - done: { set: '\${ {greeted: ., context: $context} }' }`),
      { parts: [greet] },
    );
    expect(run.status).toBe('completed');
    expect(run.runs).toEqual([]);
    expect(run.calls.map(({ key, args }) => [key, args])).toEqual([
      ['/do/1/greet/run/do/1/ask', { who: 'amina', mine: 1 }],
    ]);
    expect(run.output).toEqual({
      greeted: { known: true, said: { who: 'amina', mine: 1 }, context: { mine: 1, given: 'amina' } },
      context: { outer: true, greeted: true },
    });
    expect(
      run.journal.find(({ event }) => event.type === 'task.started' && 'part' in event)?.event,
    ).toMatchObject({
      key: '/do/1/greet',
      part: { namespace: 'shared', name: 'greet', version: '1.0.0' },
    });
  });

  it('keeps its data apart in each branch and iteration, and in a part that it performs itself', () => {
    const outer = part(
      'outer',
      `
  - begin: { set: { x: 1 }, export: { as: '\${ {who: $workflow.input.who} }' } }
  - greet: ${performs('greet', '', '{ who: \'${ $context.who + "!" }\' }')}
  - tell: { set: '\${ {known: true, who: $context.who, inner: .context.given} }' }`,
    );
    const run = survivesEveryCut(
      workflow(`
  - all:
      for: { each: name, in: '["a", "b", "c"]' }
      metadata: { sandbox: { concurrency: 3 } }
      do:
        - one: ${performs('outer', '', "{ who: '${ $name }' }")}`),
      { parts: [greet, outer] },
    );
    expect(run.output).toEqual(['a', 'b', 'c'].map((who) => ({ known: true, who, inner: `${who}!` })));
  });

  it('is held to its contract, on both sides', () => {
    const wrong = survivesEveryCut(workflow(`\n  - greet: ${performs('greet', '', 'amina')}`), {
      parts: [greet],
    });
    expect(wrong.error).toMatchObject({
      status: 400,
      detail: expect.stringContaining('shared/greet: input') as unknown as string,
    });
    const mute = part('mute', '\n  - nothing: { set: "\\"silent\\"" }');
    const silent = survivesEveryCut(
      workflow(`
  - careful:
      try: [{ mute: ${performs('mute')} }]
      catch: { errors: { with: { status: 400 } }, do: [{ seen: { set: '\${ {caught: $error.detail} }' } }] }`),
      { parts: [mute] },
    );
    expect(silent.output).toEqual({ caught: expect.stringContaining('shared/mute: output') });
  });

  it('hands its errors to the catch and the retry around it, and begins anew with each attempt', () => {
    const run = survivesEveryCut(
      workflow(
        `
  - patiently:
      try: [{ greet: ${performs('greet')} }]
      catch: { retry: { delay: PT1S, limit: { attempt: { count: 2 } } } }`,
      ),
      { parts: [greet], replies: { ask: [{ status: 503 }, { output: { hello: true } }] } },
    );
    expect(run.status).toBe('completed');
    expect(run.output).toMatchObject({ said: { hello: true }, context: { mine: 1 } });
    expect(run.calls.map(({ key }) => key)).toEqual([
      '/do/0/patiently/try/0/greet/run/do/1/ask',
      '/do/0/patiently/try#2/0/greet/run/do/1/ask',
    ]);
  });

  it('ends by itself with `end`, and by the timeouts of its caller and of its own', () => {
    const early = part(
      'early',
      `\n  - stop: { set: { known: false }, then: end }\n  - never: { set: { known: true } }`,
    );
    const ended = survivesEveryCut(
      workflow(`\n  - early: ${performs('early')}\n  - after: { set: '\${ {early: .known} }' }`),
      { parts: [early] },
    );
    expect(ended.output).toEqual({ early: false });
    const slow = part('slow', '\n  - long: { wait: P2D }\n  - tell: { set: { known: true } }');
    const late = survivesEveryCut(workflow(`\n  - slow: ${performs('slow', ', timeout: { after: P1D }')}`), {
      parts: [slow],
    });
    expect(late.error).toMatchObject({ status: 408, instance: '/do/0/slow' });
    const own = part(
      'own',
      '\n  - long: { wait: P2D }\n  - tell: { set: { known: true } }',
      'timeout: { after: P1D }',
    );
    const tooLate = survivesEveryCut(workflow(`\n  - own: ${performs('own')}`), { parts: [own] });
    expect(tooLate.error).toMatchObject({ status: 408, instance: '/do/0/own' });
  });

  it('is undone by functions of its own when the run faults later', () => {
    const pay = part(
      'pay',
      `
  - charge: { call: 'charge:1.0.0@default', with: { id: c1 }, metadata: { sandbox: { compensate: refund } } }
  - tell: { set: { known: true } }`,
      `use: { functions: { refund: { call: 'refund:1.0.0@default', with: { of: '\${ .id }', for: '\${ $workflow.input.who }' } } } }`,
    );
    const run = survivesEveryCut(
      workflow(`\n  - pay: ${performs('pay')}\n  - confirm: { call: 'confirm:1.0.0@default' }`),
      { parts: [pay], replies: { confirm: { status: 503 } } },
    );
    expect(run.calls.map(({ key, args }) => [key, args]).at(-1)).toEqual([
      '/do/0/pay/run/do/0/charge/compensate/refund',
      { of: 'c1', for: 'amina' },
    ]);
    expect(run.status).toBe('faulted');
  });

  it('waits for events, people and children as any task of the run', () => {
    const listens = part(
      'listens',
      `
  - hear: { listen: { to: { one: { with: { type: answer } } } }, output: { as: '.[0]' } }
  - child: { run: { workflow: { namespace: test, name: other, version: '1.0.0', input: { n: '\${ .n }' } } } }
  - tell: { set: '\${ {known: true, child: .} }' }`,
    );
    const run = survivesEveryCut(workflow(`\n  - listens: ${performs('listens')}`), {
      parts: [listens],
      signals: [
        {
          kind: 'event',
          event: { specversion: '1.0', id: 'e', source: 's', type: 'answer', data: { n: 3 } },
        },
      ],
    });
    expect(run.runs.map(({ key, input }) => [key, input])).toEqual([
      ['/do/0/listens/run/do/1/child', { n: 3 }],
    ]);
    expect(run.output).toEqual({ known: true, child: { n: 3 } });
  });

  it('tells each task by the step of its caller, and by names that its caller hands in', () => {
    const reads = part(
      'reads',
      `
  - read:
      call: openapi
      with: { document: { endpoint: '\${ "govstack://" + $workflow.input.who + "/openapi.json" }' }, operationId: read }
      metadata: { sandbox: { narration: '\${ "read." + $workflow.input.who }' } }
  - tell: { set: { known: true } }`,
    );
    const run = survivesEveryCut(
      workflow(`\n  - reads: ${performs('reads', ', metadata: { sandbox: { step: checking } }')}`),
      { parts: [reads] },
    );
    const told = run.journal
      .filter(({ event }) => 'name' in event && event.name === 'read')
      .map(({ event }) => event);
    expect(told).toHaveLength(2);
    for (const event of told)
      expect(event).toMatchObject({
        target: 'govstack://amina#read',
        narration: 'read.amina',
        step: 'checking',
      });
    expect(run.calls[0]?.step).toBe('checking');
  });

  it('goes on where it failed when the run is resumed', () => {
    const run = new Drive(workflow(`\n  - greet: ${performs('greet')}`), {}, { parts: [greet] });
    run.fail('ask', 503);
    expect(run.status).toBe('faulted');
    const resumed = resumption(run.journal);
    expect(resumed).toMatchObject({ retrying: ['/do/0/greet/run/do/1/ask', '/do/0/greet'] });
    const stamp = run.time.toISOString();
    run.journal.push({ event: { ...resumed!, time: stamp, at: stamp } });
    run.restart();
    run.answer('ask', { hello: true });
    expect(run.output).toMatchObject({ said: { hello: true }, context: { mine: 1, given: 'amina' } });
  });
});
