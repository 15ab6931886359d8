import { describe, expect, it } from '@jest/globals';
import type { JournaledEvent } from '../../../orchestrator/engine/index.js';
import { resumption } from '../../../orchestrator/engine/index.js';
import { Drive, workflow } from './drive.js';
import { survivesEveryCut, type Played } from './survives.js';

const head = `use:
  functions:
    release: { call: 'release:1.0.0@default', with: { reservation: '\${ .id }' } }
    refund: { call: 'refund:1.0.0@default', with: { payment: '\${ .id }' } }
    broken: { raise: { error: { type: a, status: 500, detail: it does not work } } }`;

const step = (name: string, compensate: string): string =>
  `\n  - ${name}: { call: '${name}:1.0.0@default', with: { id: ${name}-1 }, metadata: { sandbox: { compensate: ${compensate} } } }`;
const saga = `${step('reserve', 'release')}${step('pay', 'refund')}
  - confirm: { call: 'confirm:1.0.0@default' }`;

const names = ({ calls }: Pick<Played, 'calls'>): string[] =>
  calls.map(({ key }) => key.split('/').at(-1) ?? '');
const runEvents = (journal: readonly JournaledEvent[]): string[] =>
  journal.map(({ event }) => event.type).filter((type) => type.startsWith('run.'));

function resume(run: Drive): void {
  const stamp = run.time.toISOString();
  run.journal.push({ event: { ...resumption(run.journal)!, time: stamp, at: stamp } });
  run.restart();
}

describe('a run that faults', () => {
  it('undoes what was completed, the last first, each with the output of its task, and faults after that', () => {
    const run = survivesEveryCut(workflow(saga, head), { replies: { confirm: { status: 503 } } });
    expect(names(run)).toEqual(['reserve', 'pay', 'confirm', 'refund', 'release']);
    expect(run.calls.slice(3).map(({ key, args }) => [key, args])).toEqual([
      ['/do/1/pay/compensate/refund', { payment: 'pay-1' }],
      ['/do/0/reserve/compensate/release', { reservation: 'reserve-1' }],
    ]);
    expect(runEvents(run.journal)).toEqual(['run.created', 'run.started', 'run.compensating', 'run.faulted']);
    expect(run.error).toMatchObject({ status: 503, title: 'failed' });
    expect(run.journal.find(({ event }) => event.type === 'run.compensating')?.event).toMatchObject({
      reason: 'faulted',
      error: { status: 503 },
      chain: ['/do/2/confirm'],
    });
  });

  it('undoes nothing when nothing that can be undone was completed', () => {
    const run = survivesEveryCut(workflow(saga, head), { replies: { reserve: { status: 503 } } });
    expect(names(run)).toEqual(['reserve']);
    expect(runEvents(run.journal)).toEqual(['run.created', 'run.started', 'run.faulted']);
  });

  it('undoes nothing when it completes, nor when the error was caught', () => {
    const run = survivesEveryCut(
      workflow(
        `${step('reserve', 'release')}\n  - patiently: { try: [{ confirm: { call: 'confirm:1.0.0@default' } }], catch: {} }`,
        head,
      ),
      { replies: { confirm: { status: 503 } } },
    );
    expect(run.status).toBe('completed');
    expect(names(run)).toEqual(['reserve', 'confirm']);
  });

  it('goes on with the others when a compensation fails, and tells it beside its own error', () => {
    const run = survivesEveryCut(
      workflow(
        `${step('reserve', 'release')}${step('pay', 'broken')}${step('ship', 'nowhere')}
  - confirm: { call: 'confirm:1.0.0@default' }`,
        head,
      ),
      { replies: { confirm: { status: 503 } } },
    );
    expect(names(run)).toEqual(['reserve', 'pay', 'ship', 'confirm', 'release']);
    expect(run.told).toContain('task.faulted /do/1/pay/compensate/broken');
    expect(run.told).toContain('task.faulted /do/2/ship/compensate/nowhere');
    expect(run.error?.status).toBe(503);
    expect(run.error?.detail).toMatch(/ship .*use\.functions.*pay \(it does not work\)/);
  });

  it('counts the attempts of one task as one', () => {
    const run = survivesEveryCut(
      workflow(
        `
  - patiently:
      try:
        - pay: { call: 'pay:1.0.0@default', with: { id: p }, metadata: { sandbox: { compensate: refund } } }
        - confirm: { call: 'confirm:1.0.0@default' }
      catch: { retry: { limit: { attempt: { count: 2 } } } }`,
        head,
      ),
      { replies: { confirm: { status: 503 } } },
    );
    expect(names(run).filter((name) => name === 'refund')).toHaveLength(1);
  });

  it('undoes the finished items of a map', () => {
    const run = survivesEveryCut(
      workflow(
        `
  - map:
      for: { in: [1, 2, 3] }
      metadata: { sandbox: { concurrency: 2 } }
      do: [{ pay: { call: 'pay:1.0.0@default', with: { id: '\${ $item }' }, metadata: { sandbox: { compensate: refund } } } }]`,
        head,
      ),
      { replies: { pay: [{ output: { id: 1 } }, { output: { id: 2 } }, { status: 500 }] } },
    );
    expect(run.calls.filter(({ key }) => key.endsWith('refund')).map(({ args }) => args)).toEqual([
      { payment: 2 },
      { payment: 1 },
    ]);
  });
});

describe('a run that is cancelled', () => {
  it('withdraws what it waits for, undoes what was completed, and is cancelled after that', () => {
    const run = survivesEveryCut(workflow(saga, head), {
      replies: { confirm: 'never' },
      signals: [{ kind: 'cancel', reason: 'enough' }],
    });
    expect(run.status).toBe('cancelled');
    expect(names(run)).toEqual(['reserve', 'pay', 'confirm', 'refund', 'release']);
    expect(run.told).toContain('task.cancelled /do/2/confirm');
    expect(runEvents(run.journal)).toEqual([
      'run.created',
      'run.started',
      'run.compensating',
      'run.cancelled',
    ]);
  });

  it('takes no second cancel, suspend or resume while it undoes', () => {
    const run = survivesEveryCut(workflow(saga, head), {
      replies: { confirm: 'never', refund: 'never' },
      signals: [
        { kind: 'cancel', reason: 'enough' },
        { kind: 'cancel', reason: 'now' },
        { kind: 'suspend' },
        { kind: 'resume' },
      ],
    });
    expect(run.status).toBe('started');
    expect(runEvents(run.journal)).toEqual(['run.created', 'run.started', 'run.compensating']);
    expect(names(run)).toEqual(['reserve', 'pay', 'confirm', 'refund']);
  });
});

describe('a compensated run that is resumed', () => {
  const faulted = (tasks: string): Drive => {
    const run = new Drive(workflow(tasks, head));
    run.answer('reserve', { id: 'r1' });
    run.answer('pay', { id: 'p1' });
    run.fail('confirm', 503);
    run.answer('pay/compensate', 'refunded');
    run.answer('reserve/compensate', 'released');
    expect(run.status).toBe('faulted');
    return run;
  };

  it('does again what was undone, under keys that nobody can take for a repetition', () => {
    const run = faulted(saga);
    resume(run);
    expect(run.calls.map(({ key, doubtful }) => [key, doubtful])).toEqual([['/do/0/reserve*2', false]]);
    run.answer('reserve*2', { id: 'r2' });
    run.restart();
    run.answer('pay*2', { id: 'p2' });
    run.answer('confirm', 'confirmed');
    expect(run).toMatchObject({ status: 'completed', output: 'confirmed' });
  });

  it('undoes on a second fault only what was done since', () => {
    const run = faulted(saga);
    resume(run);
    run.answer('reserve*2', { id: 'r2' });
    run.fail('pay*2', 500);
    expect(run.calls.map(({ key, args }) => [key, args])).toEqual([
      ['/do/0/reserve*2/compensate/release', { reservation: 'r2' }],
    ]);
    run.answer('reserve*2/compensate', 'released');
    expect(run.status).toBe('faulted');
    resume(run);
    expect(run.calls.map(({ key }) => key)).toEqual(['/do/0/reserve*3']);
  });

  it('enters again the completed tasks around what was undone, and leaves the others done', () => {
    const run = new Drive(
      workflow(
        `
  - group:
      do:
        - note: { call: 'note:1.0.0@default' }
        - pay: { call: 'pay:1.0.0@default', metadata: { sandbox: { compensate: refund } } }
  - confirm: { call: 'confirm:1.0.0@default' }`,
        head,
      ),
    );
    run.answer('note', 1);
    run.answer('pay', { id: 'p' });
    run.fail('confirm', 503);
    run.answer('pay/compensate', 'refunded');
    resume(run);
    expect(run.calls.map(({ key }) => key)).toEqual(['/do/0/group/do/1/pay*2']);
  });

  it('leaves done what could not be undone', () => {
    const run = new Drive(
      workflow(`${step('pay', 'broken')}\n  - confirm: { call: 'confirm:1.0.0@default' }`, head),
    );
    run.answer('pay', { id: 'p' });
    run.fail('confirm', 503);
    expect(run.status).toBe('faulted');
    resume(run);
    expect(run.calls.map(({ key }) => key)).toEqual(['/do/1/confirm']);
    run.fail('confirm', 503);
    expect(run.types().filter((type) => type === 'run.compensating')).toHaveLength(1);
  });
});
