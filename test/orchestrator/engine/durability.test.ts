import { describe, expect, it } from '@jest/globals';
import { resumption } from '../../../orchestrator/engine/index.js';
import { Drive, workflow } from './drive.js';

const steps = workflow(`
  - first: { call: 'ask:1.0.0@default', with: { n: 1 } }
  - pause: { wait: P2M }
  - second: { call: 'ask:1.0.0@default', with: { n: 2 }, output: { as: '\${ {second: .} }' } }`);

describe('a run after a crash', () => {
  it('does not repeat what the journal knows', () => {
    const run = new Drive(steps);
    run.answer('first', 'done');
    run.restart();
    expect(run.calls).toEqual([]);
    expect(run.timers).toEqual([{ kind: 'timer', key: '/do/1/pause', due: '2026-03-01T00:00:00.000Z' }]);
  });

  it('asks again, as doubtful, for what was begun and not answered', () => {
    const run = new Drive(steps);
    expect(run.calls[0]?.doubtful).toBe(false);
    run.restart();
    expect(run.calls).toMatchObject([{ key: '/do/0/first', args: { n: 1 }, doubtful: true }]);
  });

  it('comes to the same end whichever of its turns were cut off', () => {
    const plain = new Drive(steps);
    plain.answer('first', 1);
    plain.fire();
    plain.answer('second', 2);
    const cut = new Drive(steps);
    cut.restart();
    cut.answer('first', 1);
    cut.restart();
    cut.fire();
    cut.restart();
    cut.answer('second', 2);
    expect(cut.output).toEqual({ second: 2 });
    expect(cut.eventsOf('task.completed').map(({ key }) => key)).toEqual(
      plain.eventsOf('task.completed').map(({ key }) => key),
    );
  });
});

describe('a faulted run', () => {
  it('tries the failed task again after a resume, and nothing else', () => {
    const run = new Drive(
      workflow(`
  - before: { call: 'ask:1.0.0@default' }
  - stage:
      do:
        - inner: { call: 'ask:1.0.0@default', with: { fixed: true } }`),
    );
    run.answer('before', 1);
    run.fail('inner', 503);
    expect(run.status).toBe('faulted');
    const resumed = resumption(run.journal);
    expect(resumed).toMatchObject({ retrying: ['/do/1/stage/do/0/inner', '/do/1/stage'] });
    const stamp = run.time.toISOString();
    run.journal.push({ event: { ...resumed!, time: stamp, at: stamp } });
    run.restart();
    expect(run.calls.map(({ key }) => key)).toEqual(['/do/1/stage/do/0/inner']);
    run.answer('inner', 2);
    expect(run.output).toBe(2);
    expect(resumption(run.journal)).toBeUndefined();
  });
});

describe('suspending', () => {
  it('holds what arrives until the run is resumed', () => {
    const run = new Drive(
      workflow(`
  - wait: { wait: PT1H }
  - say: { set: { done: true } }`),
    );
    run.signal({ kind: 'suspend' });
    run.fire();
    expect(run.status).toBe('suspended');
    run.restart();
    run.signal({ kind: 'resume' });
    expect(run.output).toEqual({ done: true });
  });

  it('cancels for good', () => {
    const run = new Drive(steps);
    run.signal({ kind: 'cancel', reason: 'test' });
    expect(run.status).toBe('cancelled');
    run.restart();
    expect(run.calls).toEqual([]);
  });
});
