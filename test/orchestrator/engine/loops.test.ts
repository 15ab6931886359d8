import { describe, expect, it } from '@jest/globals';
import { Drive, workflow } from './drive.js';
import { survivesEveryCut } from './survives.js';

describe('for', () => {
  it('chains iterations', () => {
    const run = survivesEveryCut(
      workflow(`
  - sum:
      for: { each: number, in: .numbers }
      do:
        - ask: { call: 'ask:1.0.0@default', with: { number: '\${ $number }', at: '\${ $index }' }, output: { as: '\${ $input }' } }
        - add: { set: '\${ {numbers: .numbers, total: ((.total // 0) + $number)} }' }
      output: { as: .total }`),
      { input: { numbers: [1, 2, 3] } },
    );
    expect(run.output).toBe(6);
    expect(run.calls.map(({ args }) => args)).toEqual([
      { number: 1, at: 0 },
      { number: 2, at: 1 },
      { number: 3, at: 2 },
    ]);
  });

  it('takes an array written into the document, stops by while, names item and index', () => {
    const run = survivesEveryCut(
      workflow(`
  - each:
      for: { each: color, at: place, in: [red, '\${ .second }', blue] }
      while: $place < 2
      do:
        - note: { set: '\${ {second: .second, seen: (.seen + [$color])} }' }
      output: { as: .seen }`),
      { input: { second: 'green' } },
    );
    expect(run.output).toEqual(['red', 'green']);
  });

  it('goes through the items that it began with, whatever its body exports', () => {
    const run = survivesEveryCut(
      workflow(`
  - fill: { set: { list: [1, 2, 3] }, export: { as: '\${ . }' } }
  - each:
      for: { in: $context.list }
      while: ($context.list | length) > 0
      do:
        - ask:
            call: 'ask:1.0.0@default'
            with: { x: '\${ $item }' }
            export: { as: '\${ {list: ($context.list[1:])} }' }
      output: { as: '\${ {last: .x, left: $context.list} }' }`),
    );
    expect(run.output).toEqual({ last: 3, left: [] });
  });

  it('needs an array', () => {
    const run = survivesEveryCut(
      workflow(`\n  - each: { for: { in: .text }, do: [{ one: { set: { a: 1 } } }] }`),
      { input: { text: 'abc' } },
    );
    expect(run.error).toMatchObject({ status: 400, instance: '/do/0/each' });
  });

  it('names the place of an error in the document', () => {
    const run = survivesEveryCut(
      workflow(`\n  - each: { for: { in: [1] }, do: [{ one: { set: '\${ 1 + {} }' } }] }`),
    );
    expect(run.error?.instance).toBe('/do/0/each/do/0/one');
  });
});

describe('a parallel map', () => {
  const map = (policy: string): string =>
    workflow(`
  - map:
      for: { each: x, in: .list }
      metadata: { sandbox: { concurrency: 2${policy} } }
      do:
        - ask: { call: 'ask:1.0.0@default', with: { x: '\${ $x }' } }`);

  it('keeps the limit and the order, and collects failures', () => {
    const run = new Drive(map(', onItemError: collect'), { list: [1, 2, 3] });
    expect(run.calls.map(({ args }) => args)).toEqual([{ x: 1 }, { x: 2 }]);
    run.answer('for#1/do/0/ask', 4);
    expect(run.calls.map(({ args }) => args)).toEqual([{ x: 1 }, { x: 3 }]);
    run.fail('for#0/do/0/ask', 500);
    run.answer('for#2/do/0/ask', 6);
    expect(run.output).toMatchObject([{ error: { status: 500 } }, 4, 6]);
  });

  it('stops with the first failed item and cancels the others', () => {
    const run = survivesEveryCut(map(''), {
      input: { list: [1, 2, 3] },
      replies: { ask: ['never', { status: 500 }, { output: 3 }] },
    });
    expect(run.error).toMatchObject({ status: 500 });
    expect(run.told).toContain('task.cancelled /do/0/map/for#0/do/0/ask');
    expect(run.told).not.toContain('task.started /do/0/map/for#2/do/0/ask');
  });

  it('isolates the items from each other, also in maps within maps', () => {
    const run = survivesEveryCut(
      workflow(`
  - outer:
      for: { each: row, in: .rows }
      metadata: { sandbox: { concurrency: 3 } }
      do:
        - inner:
            for: { each: cell, in: $row }
            metadata: { sandbox: { concurrency: 2, onItemError: collect } }
            do:
              - ask: { call: 'ask:1.0.0@default', with: { cell: '\${ $cell }' } }`),
      { input: { rows: [[1, 2], [3], []] } },
    );
    expect(run.output).toEqual([[{ cell: 1 }, { cell: 2 }], [{ cell: 3 }], []]);
  });

  it('asks again after a crash only for the items that are not journaled', () => {
    const run = new Drive(map(''), { list: [1, 2, 3, 4] });
    run.answer('for#0/do/0/ask', 'one');
    run.answer('for#2/do/0/ask', 'three');
    run.restart();
    expect(run.calls.map(({ args, doubtful }) => ({ args, doubtful }))).toEqual([
      { args: { x: 2 }, doubtful: true },
      { args: { x: 4 }, doubtful: true },
    ]);
  });
});

describe('fork', () => {
  const branches = (compete: boolean): string =>
    workflow(`
  - both:
      fork:
        compete: ${compete}
        branches:
          - left: { call: 'ask:1.0.0@default', with: { side: left } }
          - right: { call: 'ask:1.0.0@default', with: { side: right } }`);

  it('gives all outputs in the order of the branches', () => {
    const run = new Drive(branches(false));
    run.answer('right', 'r');
    run.answer('left', 'l');
    expect(run.output).toEqual(['l', 'r']);
    expect(survivesEveryCut(branches(false)).output).toEqual([{ side: 'left' }, { side: 'right' }]);
  });

  it('faults with the first branch that does, and cancels the others', () => {
    const run = survivesEveryCut(branches(false), { replies: { left: 'never', right: { status: 502 } } });
    expect(run.error?.status).toBe(502);
    expect(run.told).toContain('task.cancelled /do/0/both/fork/branches/0/left');
  });

  it('takes the winner, withdraws and cancels the others when they compete', () => {
    const run = new Drive(branches(true));
    run.answer('right', 'r');
    expect(run.output).toBe('r');
    expect(run.withdrawn).toEqual(['/do/0/both/fork/branches/0/left']);
    const played = survivesEveryCut(branches(true), { replies: { left: 'never', right: { output: 'r' } } });
    expect(played.told).toContain('task.cancelled /do/0/both/fork/branches/0/left');
  });

  it('cancels from the inside out what a losing branch had begun', () => {
    const run = survivesEveryCut(
      workflow(`
  - both:
      fork:
        compete: true
        branches:
          - slow: { do: [{ ask: { call: 'ask:1.0.0@default' } }] }
          - quick: { wait: PT1S }`),
      { replies: { ask: 'never' } },
    );
    expect(run.told.filter((line) => line.startsWith('task.cancelled'))).toEqual([
      'task.cancelled /do/0/both/fork/branches/0/slow/do/0/ask',
      'task.cancelled /do/0/both/fork/branches/0/slow',
    ]);
  });

  it('ends the workflow when a branch says so', () => {
    const run = survivesEveryCut(
      workflow(`
  - both:
      fork:
        branches:
          - waits: { call: 'ask:1.0.0@default' }
          - ends: { set: { done: true }, then: end }
  - never: { set: { never: true } }`),
      { replies: { waits: 'never' } },
    );
    expect(run).toMatchObject({ status: 'completed', output: { done: true } });
  });

  it('keeps what all branches export, also after a crash in between', () => {
    const run = survivesEveryCut(
      workflow(`
  - both:
      fork:
        branches:
          - left: { call: 'ask:1.0.0@default', with: { n: 1 }, export: { as: '\${ $context + {left: .n} }' } }
          - right: { call: 'ask:1.0.0@default', with: { n: 2 }, export: { as: '\${ $context + {right: .n} }' } }
  - result: { set: '\${ $context }' }`),
    );
    expect(run.output).toEqual({ left: 1, right: 2 });
  });
});
