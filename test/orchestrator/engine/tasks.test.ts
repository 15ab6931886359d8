import { describe, expect, it } from '@jest/globals';
import { Drive, workflow } from './drive.js';

describe('data flow', () => {
  it('goes if, from, run, as, export, in that order', () => {
    const run = new Drive(
      workflow(`
  - first:
      input: { from: .person }
      set: { greeting: '\${ "Hello " + .name }' }
      output: { as: '\${ {text: .greeting} }' }
      export: { as: '\${ $context + {said: .text} }' }
  - second:
      if: $context.said == "Hello Amina"
      set: '\${ {said: $context.said, before: .text} }'
  - third:
      if: \${ false }
      set: { never: true }`),
      { person: { name: 'Amina' } },
    );
    expect(run.status).toBe('completed');
    expect(run.output).toEqual({ said: 'Hello Amina', before: 'Hello Amina' });
    expect(run.types()).toContain('task.skipped');
  });

  it('reports an expression that fails with the pointer of its task', () => {
    const run = new Drive(
      workflow(`
  - broken:
      set: '\${ 1 + {} }'`),
    );
    expect(run.status).toBe('faulted');
    expect(run.execution.error).toMatchObject({ status: 400, instance: '/do/0/broken' });
  });
});

describe('flow', () => {
  it('follows switch, names of siblings and end', () => {
    const run = new Drive(
      workflow(`
  - choose:
      switch:
        - big: { when: .n > 10, then: large }
        - small: { then: little }
  - large:
      set: { size: large }
      then: end
  - little:
      set: { size: little }`),
      { n: 11 },
    );
    expect(run.output).toEqual({ size: 'large' });
  });

  it('can go back, and each visit is a task instance of its own', () => {
    const run = new Drive(
      workflow(`
  - count:
      set: '\${ {n: (.n + 1)} }'
  - again:
      switch:
        - more: { when: .n < 3, then: count }
        - done: { then: continue }`),
      { n: 0 },
    );
    expect(run.output).toEqual({ n: 3 });
    expect(run.eventsOf('task.completed').map(({ key }) => key)).toContain('/do/0/count@3');
  });
});

describe('for', () => {
  it('chains iterations', () => {
    const run = new Drive(
      workflow(`
  - sum:
      for: { each: number, in: .numbers }
      do:
        - add:
            set: '\${ {numbers: .numbers, total: ((.total // 0) + $number)} }'
      output: { as: .total }`),
      { numbers: [1, 2, 3] },
    );
    expect(run.output).toBe(6);
  });

  it('maps in parallel with a limit, keeps the order, and collects failures', () => {
    const run = new Drive(
      workflow(`
  - map:
      for: { each: x, in: .list }
      metadata: { sandbox: { concurrency: 2, onItemError: collect } }
      do:
        - ask: { call: 'double:1.0.0@default', with: { x: '\${ $x }' } }`),
      { list: [1, 2, 3] },
    );
    expect(run.calls.map(({ args }) => args)).toEqual([{ x: 1 }, { x: 2 }]);
    run.answer('for#1/do/0/ask', 4);
    expect(run.calls.map(({ args }) => args)).toEqual([{ x: 1 }, { x: 3 }]);
    run.fail('for#0/do/0/ask', 500);
    run.answer('for#2/do/0/ask', 6);
    expect(run.output).toMatchObject([{ error: { status: 500 } }, 4, 6]);
  });
});

describe('fork', () => {
  const branches = `
  - both:
      fork:
        COMPETE
        branches:
          - left: { call: 'ask:1.0.0@default' }
          - right: { call: 'ask:1.0.0@default' }`;

  it('gives all outputs in the order of the branches', () => {
    const run = new Drive(workflow(branches.replace('COMPETE', 'compete: false')));
    run.answer('right', 'r');
    run.answer('left', 'l');
    expect(run.output).toEqual(['l', 'r']);
  });

  it('takes the winner and withdraws the others', () => {
    const run = new Drive(workflow(branches.replace('COMPETE', 'compete: true')));
    run.answer('right', 'r');
    expect(run.output).toBe('r');
    expect(run.withdrawn).toEqual(['/do/0/both/fork/branches/0/left']);
  });

  it('keeps what all branches export, also after a crash in between', () => {
    const run = new Drive(
      workflow(`
  - both:
      fork:
        branches:
          - left: { call: 'ask:1.0.0@default', export: { as: '\${ $context + {left: .} }' } }
          - right: { call: 'ask:1.0.0@default', export: { as: '\${ $context + {right: .} }' } }
  - result: { set: '\${ $context }' }`),
    );
    run.answer('right', 1);
    run.restart();
    expect(run.calls.map(({ key }) => key)).toEqual(['/do/0/both/fork/branches/0/left']);
    run.answer('left', 2);
    expect(run.output).toEqual({ left: 2, right: 1 });
  });
});

describe('try', () => {
  const patient = workflow(`
  - patiently:
      try:
        - ask: { call: 'ask:1.0.0@default', with: { at: '\${ now }' } }
      catch:
        errors: { with: { type: 'https://serverlessworkflow.io/dsl/errors/types/communication' } }
        as: problem
        retry: { delay: { seconds: 2 }, backoff: { exponential: {} }, limit: { attempt: { count: 3 } } }
        do:
          - giveUp: { set: '\${ {gaveUp: $problem.status} }' }`);

  it('retries with growing delays on the workspace clock, sending exactly the same', () => {
    const run = new Drive(patient);
    const [first] = run.calls;
    run.fail('ask', 503);
    expect(run.timers).toEqual([
      { kind: 'timer', key: '/do/0/patiently!retry1', due: '2026-01-01T00:00:02.000Z' },
    ]);
    run.fire();
    expect(run.calls[0]).toMatchObject({
      key: '/do/0/patiently/try#2/0/ask',
      args: first?.args,
      doubtful: true,
    });
    run.fail('ask', 503);
    expect(run.timers[0]?.due).toBe('2026-01-01T00:00:06.000Z');
    run.restart();
    run.fire();
    run.fail('ask', 503);
    expect(run.output).toEqual({ gaveUp: 503 });
  });

  it('lets errors pass that it does not name', () => {
    const run = new Drive(
      workflow(`
  - guarded:
      try:
        - fail: { raise: { error: { type: 'https://example.org/other', status: 418, title: Teapot } } }
      catch: { errors: { with: { status: 404 } } }`),
    );
    expect(run.execution.error).toMatchObject({
      status: 418,
      title: 'Teapot',
      instance: '/do/0/guarded/try/0/fail',
    });
  });
});

describe('listen', () => {
  const listening = workflow(`
  - prepare: { call: 'ask:1.0.0@default', export: { as: '\${ {id: 7} }' } }
  - hear:
      listen: { to: { one: { with: { type: org.example.answer, data: '\${ .id == $context.id }' } } } }
      timeout: { after: P1D }`);
  const event = (id: string, about: number) => ({
    kind: 'event',
    event: { specversion: '1.0', id, source: 'test', type: 'org.example.answer', data: { id: about } },
  });

  it('keeps an event that came before its listener, across a crash', () => {
    const run = new Drive(listening);
    run.signal(event('early', 7));
    run.restart();
    run.answer('prepare', {});
    expect(run.output).toEqual([{ id: 7 }]);
    expect(run.eventsOf('task.completed').at(-1)?.consumed).toEqual(['test early']);
  });

  it('is not woken by the events of others, and ends by its timeout', () => {
    const run = new Drive(listening);
    run.answer('prepare', {});
    run.signal(event('other', 8));
    expect(run.status).toBe('started');
    run.fire();
    expect(run.execution.error).toMatchObject({ status: 408, instance: '/do/1/hear' });
  });

  it('takes a repeated signal once', () => {
    const run = new Drive(
      workflow(`
  - one: { listen: { to: { one: { with: { type: org.example.answer } } } } }
  - two: { listen: { to: { one: { with: { type: org.example.answer } } } } }`),
    );
    const same = { ...event('e', 1), id: 'same' };
    run.signal(same);
    run.signal(same);
    expect(run.execution.waiting().map(({ name }) => name)).toEqual(['two']);
  });
});
