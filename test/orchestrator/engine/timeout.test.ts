import { describe, expect, it } from '@jest/globals';
import { resumption } from '../../../orchestrator/engine/index.js';
import { Drive, workflow } from './drive.js';
import { survivesEveryCut } from './survives.js';

const never = { replies: { ask: 'never' } } as const;

describe('a timeout', () => {
  it.each([
    ['{ after: PT5M }', ''],
    ['{ after: { minutes: 5 } }', ''],
    [`{ after: '\${ "PT" + (.n | tostring) + "M" }' }`, ''],
    ['short', 'use: { timeouts: { short: { after: PT5M } } }'],
  ])('of a task: %s', (timeout, head) => {
    const task = `\n  - slow: { call: 'ask:1.0.0@default', timeout: ${timeout}, input: { from: { n: 5 } } }`;
    const run = survivesEveryCut(workflow(task.replace('slow', 'ask'), head), never);
    expect(run.error).toMatchObject({ status: 408, instance: '/do/0/ask' });
    expect(run.error?.type).toMatch(/errors\/timeout$/);
    expect(run.journal.at(-1)?.event.time).toBe('2026-01-01T00:05:00.000Z');
  });

  it('does not strike what is done in time', () => {
    const run = survivesEveryCut(
      workflow(`\n  - ask: { call: 'ask:1.0.0@default', with: { a: 1 }, timeout: { after: PT5M } }`),
    );
    expect(run).toMatchObject({ status: 'completed', output: { a: 1 } });
  });

  it('cancels what runs inside, from the inside out', () => {
    const run = survivesEveryCut(
      workflow(`
  - group:
      timeout: { after: PT5M }
      do: [{ inner: { do: [{ ask: { call: 'ask:1.0.0@default' } }] } }]`),
      never,
    );
    expect(run.told.slice(-3)).toEqual([
      'task.cancelled /do/0/group/do/0/inner/do/0/ask',
      'task.cancelled /do/0/group/do/0/inner',
      'task.faulted /do/0/group',
    ]);
  });

  it('inside a try can be caught', () => {
    const run = survivesEveryCut(
      workflow(`
  - patiently:
      try: [{ ask: { call: 'ask:1.0.0@default', timeout: { after: PT5M } } }]
      catch:
        errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/timeout', status: 408 } }
        do: [{ note: { set: '\${ {where: $error.instance} }' } }]`),
      never,
    );
    expect(run.output).toEqual({ where: '/do/0/patiently/try/0/ask' });
  });

  it('of the workflow faults it', () => {
    const run = survivesEveryCut(
      workflow(`\n  - ask: { call: 'ask:1.0.0@default' }`, 'timeout: { after: PT1H }'),
      never,
    );
    expect(run.error).toMatchObject({ status: 408, instance: '/' });
    expect(run.told).toContain('task.cancelled /do/0/ask');
  });

  it('that nobody defined, or that is no duration, is an error of its task', () => {
    const task = (timeout: string): string =>
      workflow(`\n  - ask: { call: 'ask:1.0.0@default', timeout: ${timeout} }`);
    expect(survivesEveryCut(task('long')).error).toMatchObject({ status: 400, instance: '/do/0/ask' });
    expect(survivesEveryCut(task('{ after: soon }')).error).toMatchObject({ status: 400 });
    expect(survivesEveryCut(task(`{ after: '\${ 5 }' }`)).error).toMatchObject({ status: 400 });
  });
});

describe('a run that timed out', () => {
  it.each([
    ['of its own', `\n  - ask: { call: 'ask:1.0.0@default' }`, 'timeout: { after: PT1H }'],
    ['of a task', `\n  - ask: { call: 'ask:1.0.0@default', timeout: { after: PT1H } }`, ''],
  ])('by a limit %s gets its time again when it is resumed', (_, tasks, head) => {
    const run = new Drive(workflow(tasks, head));
    run.fire();
    expect(run.status).toBe('faulted');
    run.time = new Date('2026-02-01T00:00:00Z');
    const stamp = run.time.toISOString();
    run.journal.push({ event: { ...resumption(run.journal)!, time: stamp, at: stamp } });
    run.restart();
    expect(run.timers.map(({ due }) => due)).toEqual(['2026-02-01T01:00:00.000Z']);
    run.answer('ask', 'late, but well');
    expect(run.output).toBe('late, but well');
  });
});
