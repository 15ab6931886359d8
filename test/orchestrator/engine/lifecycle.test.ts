import { describe, expect, it } from '@jest/globals';
import { Drive, workflow } from './drive.js';
import { survivesEveryCut } from './survives.js';

const waiting = workflow(`
  - wait: { wait: PT1H }
  - say: { set: { done: true } }`);

describe('suspending', () => {
  it('holds what arrives until the run is resumed', () => {
    const run = new Drive(waiting);
    run.signal({ kind: 'suspend' });
    run.fire();
    expect(run.status).toBe('suspended');
    run.restart();
    run.signal({ kind: 'resume' });
    expect(run.output).toEqual({ done: true });
  });

  it('keeps the answer of a call that was under way, and begins nothing new', () => {
    const run = new Drive(
      workflow(`
  - first: { call: 'ask:1.0.0@default' }
  - second: { call: 'ask:1.0.0@default', if: '. == 1' }`),
    );
    run.signal({ kind: 'suspend' });
    run.answer('first', 1);
    expect(run.told()).toEqual(['task.started /do/0/first', 'task.completed /do/0/first']);
    run.restart();
    expect(run.told()).toHaveLength(2);
    run.signal({ kind: 'resume' });
    expect(run.calls.map(({ key }) => key)).toEqual(['/do/1/second']);
  });

  it('does not end a run whose last call comes back meanwhile', () => {
    const run = new Drive(workflow(`\n  - only: { call: 'ask:1.0.0@default' }`));
    run.signal({ kind: 'suspend' });
    run.answer('only', 1);
    expect(run.status).toBe('suspended');
    run.restart();
    expect(run.status).toBe('suspended');
    run.signal({ kind: 'resume' });
    expect(run).toMatchObject({ status: 'completed', output: 1 });
  });

  it('keeps events for their listeners, and answers for their tasks', () => {
    const run = survivesEveryCut(
      workflow(`
  - both:
      fork:
        branches:
          - person: { call: 'humanTask:1.0.0@default' }
          - event: { listen: { to: { any: [] } } }`),
      {
        replies: { person: 'never' },
        signals: [
          { kind: 'suspend' },
          { kind: 'event', event: { specversion: '1.0', id: '1', source: 's', type: 't', data: 'heard' } },
          { kind: 'done', key: '/do/0/both/fork/branches/0/person', output: 'signed' },
          { kind: 'resume' },
        ],
      },
    );
    expect(run.output).toEqual(['signed', ['heard']]);
    expect(run.told).toHaveLength(6);
  });

  it('can be cancelled', () => {
    const run = survivesEveryCut(waiting, {
      signals: [{ kind: 'suspend' }, { kind: 'cancel', reason: 'x' }],
    });
    expect(run.status).toBe('cancelled');
  });

  it('twice, or resuming what is not suspended, changes nothing', () => {
    const run = survivesEveryCut(waiting, {
      signals: [{ kind: 'resume' }, { kind: 'suspend' }, { kind: 'suspend' }],
    });
    expect(run.journal.filter(({ event }) => event.type === 'run.suspended')).toHaveLength(1);
    expect(run.journal.filter(({ event }) => event.type === 'run.resumed')).toEqual([]);
  });
});

describe('cancelling', () => {
  it('tells of every task that was under way, and withdraws what it asked for', () => {
    const run = new Drive(
      workflow(`
  - both:
      fork:
        branches:
          - ask: { call: 'ask:1.0.0@default' }
          - wait: { wait: PT1H }`),
    );
    run.signal({ kind: 'cancel', reason: 'test' });
    expect(run.status).toBe('cancelled');
    expect(run.told().slice(-3)).toEqual([
      'task.cancelled /do/0/both/fork/branches/0/ask',
      'task.cancelled /do/0/both/fork/branches/1/wait',
      'task.cancelled /do/0/both',
    ]);
    expect(run.withdrawn).toEqual(['/do/0/both/fork/branches/0/ask', '/do/0/both/fork/branches/1/wait']);
    run.restart();
    expect([run.calls, run.timers, run.execution.waiting()]).toEqual([[], [], []]);
  });

  it('does nothing to a run that has ended', () => {
    const run = survivesEveryCut(workflow(`\n  - say: { set: { done: true } }`), {
      signals: [{ kind: 'cancel', reason: 'late' }],
    });
    expect(run.status).toBe('completed');
  });

  it('ignores what comes back late', () => {
    const run = new Drive(workflow(`\n  - ask: { call: 'ask:1.0.0@default' }`));
    const [call] = run.calls;
    run.signal({ kind: 'cancel', reason: 'test' });
    run.execution.complete(call?.key ?? '', 'late');
    run.turn();
    expect(run.told()).toEqual(['task.started /do/0/ask', 'task.cancelled /do/0/ask']);
  });
});
