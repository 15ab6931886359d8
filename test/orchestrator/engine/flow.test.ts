import { describe, expect, it } from '@jest/globals';
import { workflow } from './drive.js';
import { survivesEveryCut } from './survives.js';

describe('data flow', () => {
  it('goes if, from, run, as, export, in that order', () => {
    const run = survivesEveryCut(
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
      { input: { person: { name: 'Amina' } } },
    );
    expect(run.status).toBe('completed');
    expect(run.output).toEqual({ said: 'Hello Amina', before: 'Hello Amina' });
    expect(run.told).toContain('task.skipped /do/2/third');
  });

  it('takes templates of expressions as from and as', () => {
    const run = survivesEveryCut(
      workflow(`
  - shape:
      input: { from: { who: '\${ .name }', kind: person } }
      set: '\${ . }'
      output: { as: { out: '\${ .who }', given: '\${ $input.kind }' } }`),
      { input: { name: 'Amina' } },
    );
    expect(run.output).toEqual({ out: 'Amina', given: 'person' });
  });

  it('reports an expression that fails with the pointer of its task', () => {
    const run = survivesEveryCut(workflow(`\n  - broken:\n      set: '\${ 1 + {} }'`));
    expect(run.error).toMatchObject({ status: 400, instance: '/do/0/broken' });
    expect(run.error?.type).toMatch(/errors\/expression$/);
  });

  it.each([
    ['input', `input: { schema: { document: { type: string } } }`],
    ['output', `output: { schema: { document: { type: string } } }`],
    ['export', `export: { as: '\${ {a: 1} }', schema: { document: { type: string } } }`],
  ])('holds the %s of a task against its schema', (what, schema) => {
    const run = survivesEveryCut(workflow(`\n  - checked:\n      set: { a: 1 }\n      ${schema}`));
    expect(run.error).toMatchObject({ status: 400, instance: '/do/0/checked' });
    expect(run.error?.type).toMatch(/errors\/validation$/);
    expect(run.error?.detail).toContain(what);
  });

  it('validates the raw input before it transforms it', () => {
    const task = (type: string): string => `
  - checked:
      input: { schema: { document: { type: ${type} } }, from: .text }
      set: '\${ {is: .} }'`;
    expect(survivesEveryCut(workflow(task('object')), { input: { text: 'x' } }).output).toEqual({ is: 'x' });
    expect(survivesEveryCut(workflow(task('string')), { input: { text: 'x' } }).status).toBe('faulted');
  });

  it('validates and transforms what goes into a workflow and what comes out of it', () => {
    const head = (type: string): string => `input: { schema: { document: { type: ${type} } }, from: .inner }
output: { as: '\${ .x }', schema: { document: { type: number } } }`;
    const tasks = `\n  - pass: { set: '\${ {x: .n} }' }`;
    const script = { input: { inner: { n: 4 } } };
    expect(survivesEveryCut(workflow(tasks, head('object')), script).output).toBe(4);
    expect(survivesEveryCut(workflow(tasks, head('string')), script).error).toMatchObject({
      status: 400,
      instance: '/input',
    });
    const text = survivesEveryCut(workflow(tasks, head('object')), { input: { inner: { n: 'four' } } });
    expect(text.error).toMatchObject({ status: 400, instance: '/output' });
  });
});

describe('flow directives', () => {
  it('follows switch, names of siblings and end', () => {
    const tasks = `
  - choose:
      switch:
        - big: { when: .n > 10, then: large }
        - small: { then: little }
  - large:
      set: { size: large }
      then: end
  - little:
      set: { size: little }`;
    expect(survivesEveryCut(workflow(tasks), { input: { n: 11 } }).output).toEqual({ size: 'large' });
    expect(survivesEveryCut(workflow(tasks), { input: { n: 1 } }).output).toEqual({ size: 'little' });
  });

  it('takes the case without a condition only when no other holds, wherever it stands', () => {
    const tasks = `
  - choose:
      switch:
        - otherwise: { then: end }
        - yes: { when: .yes, then: continue }
  - mark: { set: { marked: true } }`;
    expect(survivesEveryCut(workflow(tasks), { input: { yes: true } }).output).toEqual({ marked: true });
    expect(survivesEveryCut(workflow(tasks), { input: { yes: false } }).output).toEqual({ yes: false });
  });

  it('leaves a switch without a matching case to its own then', () => {
    const run = survivesEveryCut(
      workflow(`
  - choose:
      switch: [{ red: { when: .color == "red", then: mark } }]
      then: end
  - mark: { set: { marked: true } }`),
      { input: { color: 'yellow' } },
    );
    expect(run.output).toEqual({ color: 'yellow' });
  });

  it('can go back, and each visit is a task instance of its own', () => {
    const run = survivesEveryCut(
      workflow(`
  - count:
      set: '\${ {n: (.n + 1)} }'
  - again:
      switch:
        - more: { when: .n < 3, then: count }
        - done: { then: continue }`),
      { input: { n: 0 } },
    );
    expect(run.output).toEqual({ n: 3 });
    expect(run.told).toContain('task.completed /do/0/count@3');
  });

  it('leaves the list around it by exit, and only that', () => {
    const run = survivesEveryCut(
      workflow(`
  - group:
      do:
        - one: { set: { a: 1 }, then: exit }
        - never: { set: { a: 2 } }
  - after: { set: '\${ {a: .a, after: true} }' }`),
    );
    expect(run.output).toEqual({ a: 1, after: true });
  });

  it('ends the whole workflow by end, from any depth, and what is around it is done', () => {
    const run = survivesEveryCut(
      workflow(`
  - group:
      do:
        - inner:
            do:
              - one: { set: { a: 1 }, then: end }
  - never: { set: { a: 2 } }`),
    );
    expect(run).toMatchObject({ status: 'completed', output: { a: 1 } });
    expect(run.told).toContain('task.completed /do/0/group');
  });

  it('faults on a name that no sibling has', () => {
    const run = survivesEveryCut(workflow(`\n  - one: { set: { a: 1 }, then: nowhere }`));
    expect(run.error).toMatchObject({ status: 400, instance: '/do/0/one' });
    expect(run.error?.type).toMatch(/errors\/configuration$/);
  });
});

describe('set', () => {
  it('takes an object with expressions in it, or one expression', () => {
    const run = survivesEveryCut(
      workflow(`
  - shape: { set: { a: '\${ .n }', b: [x, '\${ .n + 1 }'], plain: '$ {.n}' } }
  - all: { set: .b }`),
      { input: { n: 1 } },
    );
    expect(run.output).toEqual(['x', 2]);
  });
});

describe('evaluate.mode', () => {
  const tasks = `\n  - shape: { set: { sum: '.n + 1', word: 'plain words', strict: '\${ .n }' } }`;

  it('leaves texts without braces alone when strict', () => {
    const run = survivesEveryCut(workflow(tasks), { input: { n: 1 } });
    expect(run.output).toEqual({ sum: '.n + 1', word: 'plain words', strict: 1 });
  });

  it('tries every text of a template when loose, and keeps those that fail', () => {
    const run = survivesEveryCut(workflow(tasks, 'evaluate: { mode: loose }'), { input: { n: 1 } });
    expect(run.output).toEqual({ sum: 2, word: 'plain words', strict: 1 });
  });
});
