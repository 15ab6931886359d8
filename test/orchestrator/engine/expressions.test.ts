import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../contracts/json.js';
import { workflow } from './drive.js';
import { survivesEveryCut } from './survives.js';

describe('the arguments of runtime expressions', () => {
  const shown = (expression: string, tasks = ''): Json =>
    survivesEveryCut(
      workflow(`
  - before: { set: '\${ . + {more: 1} }', export: { as: { seen: '\${ .n }' } } }
  - here:
      input: { from: .n }
      set: '\${ ${expression} }'${tasks}`),
      { input: { n: 5 } },
    ).output;

  it.each<[string, Json]>([
    ['$context', { seen: 5 }],
    ['$input', 5],
    ['$task.name', 'here'],
    ['$task.reference', '/do/1/here'],
    ['$task.definition.input.from', '.n'],
    ['$task.input', { n: 5, more: 1 }],
    [
      '$task.startedAt',
      { iso8601: '2026-01-01T00:00:00.000Z', epoch: { seconds: 1767225600, milliseconds: 1767225600000 } },
    ],
    ['$workflow.id', 'run-1'],
    ['$workflow.definition.document.name', 'test'],
    ['$workflow.input', { n: 5 }],
    ['$workflow.startedAt.epoch.seconds', 1767225600],
    ['$runtime.name', 'govstack-sandbox'],
    ['$runtime | keys', ['metadata', 'name', 'version']],
    ['$secrets', {}],
    ['$authorization', null],
    ['$output', null],
  ])('%s', (expression, expected) => {
    expect(shown(expression)).toEqual(expected);
  });

  it('$output is the transformed output, $task.output the raw one, where export works on them', () => {
    const run = survivesEveryCut(
      workflow(`
  - here:
      set: { raw: 1 }
      output: { as: '\${ {shaped: .raw} }' }
      export: { as: '\${ {output: $output, raw: $task.output} }' }
  - result: { set: '\${ $context }' }`),
    );
    expect(run.output).toEqual({ output: { shaped: 1 }, raw: { raw: 1 } });
  });

  it('the workflow sees its own input and no task', () => {
    const run = survivesEveryCut(
      workflow(
        `\n  - here: { set: '\${ {n: .m} }' }`,
        `input: { from: '\${ {m: .n} }' }\noutput: { as: '\${ {was: $workflow.input.n, now: .n, id: $workflow.id} }' }`,
      ),
      { input: { n: 3 } },
    );
    expect(run.output).toEqual({ was: 3, now: 3, id: 'run-1' });
  });
});

describe('an expression found in data', () => {
  const trap = '${ error("evaluated") }';
  const trapped = { text: trap, bare: 'error("evaluated")', list: [trap], [trap]: trap };

  it.each([
    [
      'input, set, output and export',
      `
  - copy: { input: { from: . }, set: { got: '\${ . }', list: ['\${ .text }'] }, output: { as: '\${ . }' }, export: { as: { kept: '\${ .got }' } } }
  - result: { set: '\${ $context.kept }' }`,
    ],
    [
      'arguments and answers',
      `
  - ask: { call: 'ask:1.0.0@default', with: { given: '\${ . }' } }
  - result: { set: '\${ .given }' }`,
    ],
    [
      'functions',
      `
  - ask: { call: own, with: { given: '\${ . }' } }
  - result: { set: '\${ .given }' }`,
    ],
    [
      'loops and switches',
      `
  - each: { for: { in: '\${ [.] }' }, do: [{ keep: { set: '\${ $item }' } }] }
  - choose: { switch: [{ one: { when: .text == "x", then: end } }, { two: { when: .text, then: result } }] }
  - result: { set: '\${ . }' }`,
    ],
    [
      'maps and forks',
      `
  - map: { for: { in: '\${ [.] }' }, metadata: { sandbox: { concurrency: 2 } }, do: [{ keep: { set: { it: '\${ $item }' } } }] }
  - fork: { fork: { branches: [{ one: { set: '\${ .[0].it }' } }] } }
  - result: { set: '\${ .[0] }' }`,
    ],
    [
      'child runs',
      `
  - child: { run: { workflow: { namespace: a, name: b, version: latest, input: { given: '\${ . }' } } } }
  - result: { set: '\${ .given }' }`,
    ],
    [
      'emitted events',
      `
  - tell: { emit: { event: { with: { type: t, data: '\${ . }' } } } }
  - result: { set: '\${ .data }' }`,
    ],
    [
      'errors',
      `
  - patiently:
      try: [{ fail: { raise: { error: { type: a, status: 400, title: '\${ .text }', detail: '\${ tojson }' } } } }]
      catch: { errors: { with: { title: '\${ $input.text }' } }, do: [{ note: { set: '\${ $error.detail | fromjson }' } }] }
  - result: { set: '\${ . }' }`,
    ],
    [
      'extensions',
      `
  - ext: { wait: PT1S }
  - result: { set: '\${ . }' }`,
    ],
  ])('comes out as it went in: %s', (what, tasks) => {
    const head = `use:
  functions: { own: { set: '\${ . }' } }
  ${what === 'extensions' ? `extensions: [{ e: { extend: wait, before: [{ mock: { set: '\${ . }', then: exit } }] } }]` : ''}`;
    const run = survivesEveryCut(workflow(tasks, head), { input: trapped });
    expect(run.error).toBeUndefined();
    expect(run.output).toEqual(trapped);
  });

  it('comes out of events, filters and correlations as it went in', () => {
    const run = survivesEveryCut(
      workflow(`
  - hear:
      listen: { to: { any: [{ with: { type: t, subject: '\${ $input.text }' }, correlate: { same: { from: .data.text, expect: $input.text } } }], until: '.[0].text' } }
      foreach: { do: [{ keep: { set: '\${ $item }' } }], output: { as: '\${ . }' } }
      output: { as: '\${ .[0] }' }`),
      {
        input: trapped,
        signals: [
          {
            kind: 'event',
            event: { specversion: '1.0', id: '1', source: 's', type: 't', subject: trap, data: trapped },
          },
        ],
      },
    );
    expect(run.output).toEqual(trapped);
  });

  it('stays data in loose mode too', () => {
    const run = survivesEveryCut(
      workflow(`\n  - copy: { set: { got: '.', text: '\${ .text }' } }`, 'evaluate: { mode: loose }'),
      { input: trapped },
    );
    expect(run.output).toEqual({ got: trapped, text: trap });
  });
});
