import { describe, expect, it } from '@jest/globals';
import { Drive, eventsOf, workflow } from './drive.js';
import { survivesEveryCut, type Played } from './survives.js';

const trying = (clause: string, tasks = "- ask: { call: 'ask:1.0.0@default' }", head = ''): string =>
  workflow(
    `
  - patiently:
      try:
        ${tasks}
      catch:${clause}
  - after: { set: '\${ {went: .} }' }`,
    head,
  );

const delays = ({ journal }: Played): number[] =>
  eventsOf(journal, 'task.retried').map(({ time, due }) => Date.parse(due) - Date.parse(time));

describe('catch', () => {
  it('hands the error to its tasks, under its name, and goes on with their output', () => {
    const run = survivesEveryCut(
      trying(` { as: problem, do: [{ note: { set: '\${ {was: $problem} }' } }] }`),
      {
        replies: { ask: { status: 404 } },
      },
    );
    expect(run.output).toMatchObject({ went: { was: { status: 404, title: 'failed' } } });
  });

  it.each([
    ['type', 'https://serverlessworkflow.io/dsl/errors/types/communication', true],
    ['type', 'https://open-workflow-specification.org/spec/1.0.0/errors/communication', true],
    ['type', 'https://open-workflow-specification.org/spec/1.0.0/errors/timeout', false],
    ['status', '404', true],
    ['status', '405', false],
    ['status', `'\${ $context.expected }'`, true],
    ['status', `'\${ .status >= 500 }'`, false],
    ['title', 'failed', true],
    ['title', 'other', false],
    ['instance', '/x', true],
    ['instance', '/y', false],
    ['detail', 'none', false],
  ])('filters by %s: %s', (name, value, caught) => {
    const run = survivesEveryCut(
      trying(
        ` { errors: { with: { ${name}: ${value} } }, do: [{ note: { set: { caught: true } } }] }`,
        "- know: { set: { expected: 404 }, export: { as: . } }\n        - ask: { call: 'ask:1.0.0@default' }",
      ),
      { replies: { ask: { status: 404 } } },
    );
    expect(run.status).toBe(caught ? 'completed' : 'faulted');
  });

  it.each([
    ['when: .status == 404', true],
    ['when: $error.status == 500', false],
    ['exceptWhen: .status == 404', false],
    ["exceptWhen: '${ .status == 500 }'", true],
  ])('lets %s decide', (condition, caught) => {
    const run = survivesEveryCut(trying(` { ${condition}, do: [{ note: { set: { caught: true } } }] }`), {
      replies: { ask: { status: 404 } },
    });
    expect(run.status).toBe(caught ? 'completed' : 'faulted');
  });

  it('stays with its decision when its own tasks change what it was decided by', () => {
    const run = survivesEveryCut(
      trying(` { when: $context.handled != true, do: [
          { mark: { set: { handled: true }, export: { as: . } } },
          { tell: { call: 'tell:1.0.0@default', with: { told: '\${ $error.status }' } } } ] }`),
      { replies: { ask: { status: 404 } } },
    );
    expect(run.output).toEqual({ went: { told: 404 } });
  });

  it('without tasks swallows the error and gives its own input on', () => {
    const run = survivesEveryCut(trying(' {}'), { input: { a: 1 }, replies: { ask: { status: 404 } } });
    expect(run.output).toEqual({ went: { a: 1 } });
  });

  it('goes where its then says, and only when it caught something', () => {
    const clause = ' { then: end, do: [{ note: { set: { caught: true } } }] }';
    expect(survivesEveryCut(trying(clause), { replies: { ask: { status: 404 } } }).output).toEqual({
      caught: true,
    });
    expect(survivesEveryCut(trying(clause), { replies: { ask: { output: 1 } } }).output).toEqual({ went: 1 });
  });

  it('lets pass what it does not name, with the instance of the task that raised it', () => {
    const run = survivesEveryCut(
      trying(
        ' { errors: { with: { status: 404 } } }',
        "- fail: { raise: { error: { type: 'https://example.org/other', status: 418, title: Teapot } } }",
      ),
    );
    expect(run.error).toMatchObject({ status: 418, title: 'Teapot', instance: '/do/0/patiently/try/0/fail' });
  });

  it('catches what its own tasks inside raised, not what its handler raises', () => {
    const run = survivesEveryCut(
      trying(
        ' { do: [{ again: { raise: { error: worse } } }] }',
        undefined,
        'use: { errors: { worse: { type: a, status: 500 } } }',
      ),
      { replies: { ask: { status: 404 } } },
    );
    expect(run.error).toMatchObject({ type: 'a', instance: '/do/0/patiently/catch/do/0/again' });
  });
});

describe('retry', () => {
  it('waits longer each time, sends exactly the same, and hands the last error on', () => {
    const run = survivesEveryCut(
      trying(
        ` { as: problem, retry: { delay: { seconds: 2 }, backoff: { exponential: {} }, limit: { attempt: { count: 2 } } },
          do: [{ giveUp: { set: '\${ {gaveUp: $problem.status} }' } }] }`,
        `- ask: { call: 'ask:1.0.0@default', with: { at: '\${ now }' } }`,
      ),
      { replies: { ask: { status: 503 } } },
    );
    expect(delays(run)).toEqual([2000, 4000]);
    expect(new Set(run.calls.map(({ args }) => JSON.stringify(args))).size).toBe(1);
    expect(run.calls.map(({ doubtful }) => doubtful)).toEqual([false, true, true]);
    expect(run.output).toEqual({ went: { gaveUp: 503 } });
  });

  it.each([
    ['constant', 'PT3S', [3000, 3000, 3000]],
    ['linear', 'PT3S', [3000, 6000, 9000]],
    ['exponential', '{ seconds: 3 }', [3000, 6000, 12000]],
    ['constant', `'\${ "PT" + ($context.s | tostring) + "S" }'`, [5000, 5000, 5000]],
  ])('backs off: %s from %s', (backoff, delay, expected) => {
    const run = survivesEveryCut(
      trying(
        ` { retry: { delay: ${delay}, backoff: { ${backoff}: {} }, limit: { attempt: { count: 3 } } } }`,
        "- know: { set: { s: 5 }, export: { as: . } }\n        - ask: { call: 'ask:1.0.0@default' }",
      ),
      { replies: { ask: [{ status: 503 }, { status: 503 }, { status: 503 }, { output: 'well' }] } },
    );
    expect(delays(run)).toEqual(expected);
    expect(run.output).toEqual({ went: 'well' });
  });

  it('without tasks lets the error go up when it gives up', () => {
    const run = survivesEveryCut(trying(' { retry: { limit: { attempt: { count: 1 } } } }'), {
      replies: { ask: { status: 503 } },
    });
    expect(run.error?.status).toBe(503);
    expect(run.calls).toHaveLength(2);
  });

  it('goes by a policy of the document, and faults when there is none of that name', () => {
    const head = 'use: { retries: { thrice: { limit: { attempt: { count: 2 } } } } }';
    const script = { replies: { ask: { status: 503 } } };
    expect(survivesEveryCut(trying(' { retry: thrice }', undefined, head), script).calls).toHaveLength(3);
    expect(survivesEveryCut(trying(' { retry: other }', undefined, head), script).error).toMatchObject({
      status: 400,
      instance: '/do/0/patiently',
    });
  });

  it.each([
    ['when: .status == 503', 2],
    ['when: $problem.status == 500', 1],
    ['exceptWhen: .status == 503', 1],
    ['exceptWhen: $problem.status == 500', 2],
  ])('lets %s decide whether to try again', (condition, attempts) => {
    const run = survivesEveryCut(
      trying(` { as: problem, retry: { ${condition}, limit: { attempt: { count: 1 } } } }`),
      { replies: { ask: { status: 503 } } },
    );
    expect(run.calls).toHaveLength(attempts);
  });

  it('gives up when the next attempt would begin after limit.duration', () => {
    const run = survivesEveryCut(trying(' { retry: { delay: PT10S, limit: { duration: PT25S } } }'), {
      replies: { ask: { status: 503 } },
    });
    expect(run.calls).toHaveLength(3);
  });

  it('ends an attempt that takes too long by a timeout, which counts', () => {
    const run = survivesEveryCut(
      trying(` { as: problem, retry: { limit: { attempt: { count: 1, duration: PT1M } } },
          do: [{ note: { set: '\${ {type: $problem.type, where: $problem.instance} }' } }] }`),
      { replies: { ask: 'never' } },
    );
    expect(run.output).toMatchObject({ went: { where: '/do/0/patiently' } });
    expect(JSON.stringify(run.output)).toContain('/errors/timeout');
    expect(run.told.filter((line) => line.startsWith('task.cancelled'))).toHaveLength(2);
    const quick = survivesEveryCut(
      trying(' { retry: { limit: { attempt: { count: 1, duration: PT1M } } } }'),
      { replies: { ask: { output: 'in time' } } },
    );
    expect(quick.output).toEqual({ went: 'in time' });
  });

  it('draws its jitter once, between from and to', () => {
    const run = new Drive(trying(' { retry: { delay: PT1S, jitter: { from: PT2S, to: PT4S } } }'));
    run.fail('ask', 503);
    const [due] = run.timers.map((timer) => timer.due);
    const waited = Date.parse(due ?? '') - run.time.getTime();
    expect(waited).toBeGreaterThanOrEqual(3000);
    expect(waited).toBeLessThanOrEqual(5000);
    run.restart();
    expect(run.timers.map((timer) => timer.due)).toEqual([due]);
  });

  it('keeps retries within retries apart', () => {
    const run = survivesEveryCut(
      trying(
        ' { retry: { limit: { attempt: { count: 1 } } }, do: [{ note: { set: { gaveUp: true } } }] }',
        `- inner:
            try: [{ ask: { call: 'ask:1.0.0@default' } }]
            catch: { retry: { limit: { attempt: { count: 1 } } } }`,
      ),
      { replies: { ask: { status: 503 } } },
    );
    expect(run.output).toEqual({ went: { gaveUp: true } });
    expect(run.calls.map(({ key }) => key)).toEqual([
      '/do/0/patiently/try/0/inner/try/0/ask',
      '/do/0/patiently/try/0/inner/try#2/0/ask',
      '/do/0/patiently/try#2/0/inner/try/0/ask',
      '/do/0/patiently/try#2/0/inner/try#2/0/ask',
    ]);
  });
});
