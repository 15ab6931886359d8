import { describe, expect, it } from '@jest/globals';
import { workflow } from './drive.js';
import { survivesEveryCut } from './survives.js';

const use = (extensions: string): string => `use:\n  extensions:\n${extensions}`;
const ask = `\n  - ask: { call: 'ask:1.0.0@default', with: { n: '\${ .n }' } }`;

const logging = use(`
    - logging:
        extend: all
        before: [{ log: { call: 'log:1.0.0@default', with: { text: '\${ "before " + $task.reference }' } } }]
        after: [{ log: { call: 'log:1.0.0@default', with: { text: '\${ "after \\($task.name): \\($task.output.n)" } ' } } }]`);

describe('an extension', () => {
  it('runs before and after a task, sees it as $task, and changes neither its input nor its output', () => {
    const run = survivesEveryCut(workflow(ask, logging), { input: { n: 5 } });
    expect(run.calls.map(({ key, args }) => [key, args])).toEqual([
      ['/do/0/ask/before/0/logging/0/log', { text: 'before /do/0/ask' }],
      ['/do/0/ask', { n: 5 }],
      ['/do/0/ask/after/0/logging/0/log', { text: 'after ask: 5' }],
    ]);
    expect(run.output).toEqual({ n: 5 });
  });

  it('applies to the kind that it names, not to others and not to its own tasks', () => {
    const head = use(`\n    - marks: { extend: set, before: [{ mark: { set: { marked: true } } }] }`);
    const run = survivesEveryCut(workflow(`${ask}\n  - note: { set: { a: 1 } }`, head), { input: { n: 1 } });
    expect(run.told).toEqual(
      [
        'task.started /do/0/ask',
        'task.completed /do/0/ask',
        'task.completed /do/1/note/before/0/marks/0/mark',
        'task.started /do/1/note',
        'task.completed /do/1/note',
      ].filter((line) => line !== 'task.started /do/1/note'),
    );
  });

  it('calls a do task composite', () => {
    const head = use(`\n    - marks: { extend: composite, before: [{ mark: { set: { marked: true } } }] }`);
    const run = survivesEveryCut(workflow(`\n  - group: { do: [{ note: { set: { a: 1 } } }] }`, head));
    expect(run.told.filter((line) => line.includes('mark'))).toEqual([
      'task.completed /do/0/group/before/0/marks/0/mark',
    ]);
  });

  it.each([
    ['$task.call == "ask:1.0.0@default" and $task.with.n != null', true],
    ['$task.name == "ask" and .n == 5', true],
    ['$task.definition.call == "other"', false],
    ['.n == 6', false],
  ])('applies when its condition holds: %s', (when, applied) => {
    const head = use(
      `\n    - marks: { extend: call, when: '${when}', before: [{ mark: { set: { marked: true } } }] }`,
    );
    const run = survivesEveryCut(workflow(ask, head), { input: { n: 5 } });
    expect(run.told.some((line) => line.includes('mark'))).toBe(applied);
  });

  it('stands in for a call by exit, and the data flow of the call goes on from there', () => {
    const head = use(`
    - mock:
        extend: call
        when: '$task.with.endpoint | startswith("https://mocked")'
        before:
          - intercept: { set: { statusCode: 200, content: { foo: bar } }, then: exit }
          - never: { set: { never: true } }`);
    const get = (host: string): string => `
  - get:
      call: http
      with: { method: get, endpoint: 'https://${host}.example.org' }
      output: { as: .content }`;
    const mocked = survivesEveryCut(workflow(get('mocked'), head));
    expect(mocked.calls).toEqual([]);
    expect(mocked.output).toEqual({ foo: 'bar' });
    expect(mocked.told).toEqual([
      'task.completed /do/0/get/before/0/mock/0/intercept',
      'task.started /do/0/get',
      'task.completed /do/0/get',
    ]);
    const real = survivesEveryCut(workflow(get('real'), head), {
      replies: { get: { output: { content: 'real' } } },
    });
    expect(real.output).toBe('real');
  });

  it('does not run for a task that its if leaves out, nor after one that failed', () => {
    const skipped = survivesEveryCut(
      workflow(`\n  - ask: { if: '.n == 6', call: 'ask:1.0.0@default' }`, logging),
      { input: { n: 5 } },
    );
    expect(skipped.told).toEqual(['task.skipped /do/0/ask']);
    const failed = survivesEveryCut(workflow(ask, logging), {
      input: { n: 5 },
      replies: { ask: { status: 500 } },
    });
    expect(failed.calls.map(({ key }) => key)).toEqual(['/do/0/ask/before/0/logging/0/log', '/do/0/ask']);
  });

  it('decides once: what the tasks export does not change whether it applies', () => {
    const head = use(`
    - once:
        extend: call
        when: $context.done != true
        before:
          - mark: { set: { done: true }, export: { as: . } }
          - log: { call: 'log:1.0.0@default' }`);
    const run = survivesEveryCut(workflow(`${ask}\n  - again: { call: 'ask:1.0.0@default' }`, head), {
      input: { n: 5 },
    });
    expect(run.calls.map(({ key }) => key)).toEqual([
      '/do/0/ask/before/0/once/1/log',
      '/do/0/ask',
      '/do/1/again',
    ]);
  });

  it('faults the run where its own task fails, pointing at the extension', () => {
    const head = use(`\n    - bad: { extend: call, before: [{ broken: { set: '\${ 1 + {} }' } }] }`);
    const run = survivesEveryCut(workflow(ask, head));
    expect(run.error?.instance).toBe('/use/extensions/0/bad/before/0/broken');
  });

  it('that fails can be caught like the task itself', () => {
    const head = use(
      `\n    - bad: { extend: call, after: [{ broken: { raise: { error: { type: a, status: 418 } } } }] }`,
    );
    const run = survivesEveryCut(
      workflow(
        `\n  - patiently: { try: [{ ask: { call: 'ask:1.0.0@default' } }], catch: { do: [{ note: { set: '\${ {was: $error.status} }' } }] } }`,
        head,
      ),
    );
    expect(run.output).toEqual({ was: 418 });
  });

  it('applies together with others, in the order of the document', () => {
    const head = use(`
    - one: { extend: call, before: [{ a: { set: { x: 1 } } }], after: [{ c: { set: { x: 1 } } }] }
    - two: { extend: all, before: [{ b: { set: { x: 1 } } }], after: [{ d: { set: { x: 1 } } }] }`);
    const run = survivesEveryCut(workflow(ask, head), { input: { n: 1 } });
    expect(run.told.map((line) => line.split('/').at(-1))).toEqual(['a', 'b', 'ask', 'ask', 'c', 'd']);
  });
});
