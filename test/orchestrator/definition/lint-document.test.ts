import { describe, expect, it } from '@jest/globals';
import { workflow } from '../engine/workflow-text.js';
import { diagnose } from './lint-bench.js';

/** `code line` of everything that is said; the tasks begin in line 9. */
const said = (tasks: string, head = ''): string[] =>
  diagnose(workflow(tasks, head)).map(({ code, path }) => `${code} ${path}`);

const only = (tasks: string): ReturnType<typeof diagnose>[number] => {
  const found = diagnose(workflow(tasks));
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe('where the flow goes', () => {
  it('finds tasks that nothing leads to, the first of each run of them', () => {
    expect(
      said(`
  - a: { set: { x: 1 }, then: end }
  - b: { set: { x: 1 } }
  - c: { set: { x: 1 } }`),
    ).toEqual(['unreachable-task /do/1/b']);
  });

  it('follows jumps, switches, conditions and catches', () => {
    expect(
      said(`
  - a: { switch: [{ one: { when: .x, then: d } }, { two: { then: c } }] }
  - b: { set: { x: 1 }, then: end }
  - c: { if: .y, raise: { error: { type: 'https://a.example/e', status: 400 } } }
  - d: { try: [{ x: { set: { x: 1 } } }], catch: { then: f }, then: end }
  - e: { set: { x: 1 } }
  - f: { set: { x: 1 }, then: b }`),
    ).toEqual(['unreachable-task /do/4/e']);
  });

  it('takes a switch without a default for one that may go on', () => {
    expect(
      said(`
  - a: { switch: [{ one: { when: .x, then: end } }] }
  - b: { set: { x: 1 } }`),
    ).toEqual([]);
  });

  it('knows that nothing follows a raise', () => {
    expect(
      said(`
  - a: { raise: { error: { type: 'https://a.example/e', status: 400 } } }
  - b: { set: { x: 1 } }`),
    ).toEqual(['unreachable-task /do/1/b']);
  });

  it('names the task that was probably meant', () => {
    const found = only(`
  - decide: { if: .x, set: { x: 1 }, then: grantIt }
  - grantit: { set: { x: 1 } }`);
    expect(found).toMatchObject({ code: 'unknown-target', line: 9 });
    expect(found.fix).toContain('did you mean "grantit"?');
  });

  it('finds names that stand twice, and targets in another list', () => {
    expect(
      said(`
  - a: { set: { x: 1 } }
  - a: { do: [{ inner: { set: { x: 1 }, then: a } }] }`),
    ).toEqual(['duplicate-task-name /do/1/a', 'unknown-target /do/1/a/do/0/inner/then']);
  });

  it('finds cases behind one that takes everything', () => {
    expect(
      said(`
  - a: { switch: [{ all: { then: end } }, { late: { when: .x, then: end } }] }`),
    ).toEqual(['unreachable-case /do/0/a/switch/1/late']);
  });

  it('lets branches of a fork stand side by side', () => {
    expect(
      said(`
  - a: { fork: { branches: [{ b: { set: { x: 1 }, then: end } }, { c: { set: { x: 1 } } }] } }`),
    ).toEqual([]);
  });
});

describe('expressions', () => {
  it.each([
    ['if', "{ if: '.a ==', set: { x: 1 } }", '/if'],
    ['input.from', "{ input: { from: '${ .a | }' }, set: { x: 1 } }", '/input/from'],
    ['output.as in a template', "{ output: { as: { b: '${ . + }' } }, set: { x: 1 } }", '/output/as/b'],
    ['export.as', "{ export: { as: '$context +' }, set: { x: 1 } }", '/export/as'],
    ['set', "{ set: '.[' }", '/set'],
    ['set in a list', "{ set: { x: ['${ if }'] } }", '/set/x/0'],
    ['a call', "{ call: person:1.0.0@default, with: { person: '${ foo( }' } }", '/with/person'],
    ['for.in', "{ for: { in: '.[[' }, do: [{ a: { set: { x: 1 } } }] }", '/for/in'],
    ['for.while', "{ for: { in: '.a' }, while: '$item ==', do: [{ a: { set: { x: 1 } } }] }", '/while'],
    ['switch', "{ switch: [{ a: { when: 'nosuch(.)', then: end } }] }", '/switch/0/a/when'],
    ['catch.when', "{ try: [{ a: { set: { x: 1 } } }], catch: { when: '.a and' } }", '/catch/when'],
    [
      'retry.exceptWhen',
      "{ try: [{ a: { set: { x: 1 } } }], catch: { retry: { exceptWhen: ')' } } }",
      '/catch/retry/exceptWhen',
    ],
    [
      'retry.delay',
      "{ try: [{ a: { set: { x: 1 } } }], catch: { retry: { delay: '${ . | }' } } }",
      '/catch/retry/delay',
    ],
    [
      'an event filter',
      "{ listen: { to: { any: [{ with: { type: a, data: '${ .x = }' } }] } } }",
      '/listen/to/any/0/with/data',
    ],
    [
      'correlate',
      "{ listen: { to: { one: { with: { type: a }, correlate: { c: { from: '.a |' } } } } } }",
      '/listen/to/one/correlate/c/from',
    ],
    ['until', "{ listen: { to: { any: [], until: '. >' } } }", '/listen/to/until'],
    [
      'foreach',
      "{ listen: { to: { any: [] } }, foreach: { output: { as: '$item.' } } }",
      '/foreach/output/as',
    ],
    ['emit', "{ emit: { event: { with: { type: a, data: '${ {a:} }' } } } }", '/emit/event/with/data'],
    [
      'raise',
      "{ raise: { error: { type: 'https://a.example/e', status: 400, title: '${ \"a }' } } }",
      '/raise/error/title',
    ],
    [
      'run',
      "{ run: { workflow: { namespace: a, name: b, version: latest, input: { x: '${ . . . + }' } } } }",
      '/run/workflow/input/x',
    ],
    ['wait', "{ wait: '${ .a / }' }", '/wait'],
    ['timeout', "{ set: { x: 1 }, timeout: { after: '${ .a ! }' } }", '/timeout/after'],
    [
      'unclear',
      "{ call: openapi, with: { document: { endpoint: x }, operationId: y }, metadata: { sandbox: { unclear: { ask: { operationId: z }, found: '.a[', as: . } } } }",
      '/metadata/sandbox/unclear/found',
    ],
    ['a text that closes what stands around it', "{ set: '1) | (2' }", '/set'],
    [
      'a conditional that closes what stands around it',
      "{ if: '1 else 2 end | if 3 then 4', set: { x: 1 } }",
      '/if',
    ],
  ])('are read in %s', (_name, task, path) => {
    expect(said(`\n  - a: ${task}`)).toEqual([`bad-expression /do/0/a${path}`]);
  });

  it('may use what stands around them, and nothing else', () => {
    expect(
      said(`
  - a: { for: { each: row, in: .rows, at: i }, while: '$i < 3 and $row', do: [{ b: { set: '$row + $i' } }] }
  - c: { try: [{ d: { set: '.x' } }], catch: { as: e, when: '$e.status > 1', do: [{ f: { set: '$e' } }] } }
  - g: { listen: { to: { any: [] } }, foreach: { item: ev, do: [{ h: { set: '[$ev, $index]' } }] } }
  - i: { set: '[$context, $input, $output, $workflow, $task, $runtime, $authorization]' }
  - j: { set: '. as $own | $own' }`),
    ).toEqual([]);
    expect(
      said(`
  - a: { for: { each: row, in: .rows }, do: [{ b: { set: '$item' } }] }
  - c: { set: '$row' }
  - d: { try: [{ e: { set: '$error' } }], catch: { do: [{ f: { set: '$error' } }] } }
`).map((one) => one.split(' ')[0]),
    ).toEqual(['unknown-variable', 'unknown-variable', 'unknown-variable']);
  });

  it('names the variable that was probably meant', () => {
    const found = only(`\n  - a: { set: '$contxt.x' }`);
    expect(found.what).toBe('There is no variable $contxt here');
    expect(found.fix).toContain('did you mean "context"?');
  });

  it('warns of texts that only look like expressions', () => {
    expect(
      said(`
  - a: { set: { b: .name, c: '$context.x', d: 'Dear \${ .name }', e: 'a.b', f: '.5', g: 'costs $5', h: .gitignore } }`),
    ).toEqual([
      'not-evaluated /do/0/a/set/b',
      'not-evaluated /do/0/a/set/c',
      'embedded-expression /do/0/a/set/d',
      'not-evaluated /do/0/a/set/h',
    ]);
  });
});

describe('what the sandbox adds', () => {
  it('has no effect in other places', () => {
    expect(
      said(`
  - a: { set: { x: 1 }, metadata: { sandbox: { concurrency: 3, onItemError: collect } } }
  - b: { for: { in: .x }, do: [{ c: { set: { x: 1 } } }], metadata: { sandbox: { onItemError: stop } } }
  - d: { set: { x: 1 }, metadata: { sandbox: { unclear: { ask: { operationId: o }, found: ., as: . } } } }`),
    ).toEqual([
      'misplaced-metadata /do/0/a/metadata/sandbox/concurrency',
      'misplaced-metadata /do/0/a/metadata/sandbox/onItemError',
      'misplaced-metadata /do/1/b/metadata/sandbox/onItemError',
      'misplaced-metadata /do/2/d/metadata/sandbox/unclear',
    ]);
  });
});

describe('schemas', () => {
  it('must compile', () => {
    expect(
      said(`
  - a: { input: { schema: { document: { type: nonsense } } }, set: { x: 1 } }
  - b: { output: { schema: { document: { pattern: '(' } } }, set: { x: 1 } }`),
    ).toEqual([
      'bad-json-schema /do/0/a/input/schema/document',
      'bad-json-schema /do/1/b/output/schema/document',
    ]);
  });
});

describe('a hostile document', () => {
  // Each is as large as is allowed; the bounds are far above what they take, and far below "for ever".
  const many = (count: number, entry: (index: number) => string): string =>
    workflow(`\n${Array.from({ length: count }, (_, index) => `  - t${index}: ${entry(index)}`).join('\n')}`);

  it.each([
    ['targets that do not exist', many(15_000, (index) => `{ set: { a: 1 }, then: nowhere${index} }`)],
    ['the same name again and again', workflow(`\n${'  - t: { set: { a: 1 }, then: t }\n'.repeat(20_000)}`)],
    ['expressions that only jq itself can read', many(15_000, (index) => `{ set: '${index} | @sh "x"' }`)],
    [
      'schemas',
      many(8_000, (index) => `{ input: { schema: { document: { const: ${index % 400} } } }, set: 1 }`),
    ],
    [
      'one task in another',
      `${workflow('\n  - a: ')}${'{ do: [ { a: '.repeat(30)}{ set: { a: 1 } }${' } ] }'.repeat(30)}`,
    ],
    [
      'one loop in another',
      `${workflow('\n  - a: ')}${'{ for: { in: . }, do: [ { a: '.repeat(30)}{ sett: { a: 1 } }${' } ] }'.repeat(30)}`,
    ],
  ])(
    'is answered in time: %s',
    (_name, text) => {
      expect(text.length).toBeLessThan(1_000_000);
      expect(diagnose(text).length).toBeLessThanOrEqual(1_001);
    },
    60_000,
  );
});
