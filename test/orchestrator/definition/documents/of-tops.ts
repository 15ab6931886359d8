import { head, samples, withTop, type Sample } from './sample.js';

const rest = 'do:\n  - it: { set: { a: 1 } }\n';

/** Whole documents: head, use, schedule, data flow. OWS DSL 1.0.3, Workflow. */
export const topSamples: readonly Sample[] = [
  ...samples(
    [
      [
        'title, summary, tags, metadata',
        "document: { dsl: '1.0.3', namespace: a, name: b, version: 1.0.0-rc.1+x, title: T, summary: S, tags: { a: 1 }, metadata: { b: {} } }",
        'valid',
      ],
      ['dsl 1.0.0', "document: { dsl: '1.0.0', namespace: a, name: b, version: '1.0.0' }", 'valid'],
      ['dsl 0.8', "document: { dsl: '0.8.0', namespace: a, name: b, version: '1.0.0' }", 'unsupported-dsl'],
      ['dsl, a number', "document: { dsl: 1.0, namespace: a, name: b, version: '1.0.0' }", 'wrong-type'],
      ['no namespace', "document: { dsl: '1.0.3', name: b, version: '1.0.0' }", 'missing-property'],
      [
        'a name with spaces',
        "document: { dsl: '1.0.3', namespace: a, name: b c, version: '1.0.0' }",
        'wrong-format',
      ],
      [
        'a name too long',
        `document: { dsl: '1.0.3', namespace: a, name: ${'b'.repeat(64)}, version: '1.0.0' }`,
        'wrong-format',
      ],
      [
        'a version with a leading zero',
        "document: { dsl: '1.0.3', namespace: a, name: b, version: '01.0.0' }",
        'wrong-format',
      ],
      [
        'a version of two parts',
        "document: { dsl: '1.0.3', namespace: a, name: b, version: '1.0' }",
        'wrong-format',
      ],
      [
        'document.author',
        "document: { dsl: '1.0.3', namespace: a, name: b, version: '1.0.0', author: x }",
        'unknown-property',
      ],
    ],
    (text) => `${text}\n${rest}`,
  ),
  { name: 'no do', text: head, verdict: 'missing-property' },
  { name: 'no document', text: rest, verdict: 'missing-property' },
  { name: 'nothing', text: '', verdict: 'wrong-type' },
  ...samples(
    [
      ['input', "input: { from: '.a', schema: { document: { type: object } } }", 'valid'],
      ['output', "output: { as: { b: '${ .a }' }, schema: { document: {} } }", 'valid'],
      ['timeout', 'timeout: { after: { hours: 1 } }', 'valid'],
      ['evaluate', 'evaluate: { language: jq, mode: strict }', 'valid'],
      ['evaluate js', 'evaluate: { language: js }', 'wrong-value'],
      ['evaluate.mode', 'evaluate: { mode: lax }', 'wrong-value'],
      ['schedule.every', 'schedule: { every: P1D }', 'valid'],
      ['schedule.cron', "schedule: { cron: '0 6 * * 1-5' }", 'valid'],
      ['schedule.cron, wrong', "schedule: { cron: '0 25 * * *' }", 'bad-cron'],
      ['schedule.after', 'schedule: { after: { minutes: 5 } }', 'valid'],
      ['schedule.on', 'schedule: { on: { any: [{ with: { type: a } }] }, read: envelope }', 'valid'],
      ['schedule.read alone', 'schedule: { every: P1D, read: data }', 'missing-property'],
      ['schedule.at', 'schedule: { at: noon }', 'unknown-property'],
      ['schedule, empty', 'schedule: {}', 'empty-schedule'],
      ['a property at the top', 'functions: {}', 'unknown-property'],
      ['use, empty', 'use: {}', 'valid'],
      ['use.unknown', 'use: { constants: {} }', 'unknown-property'],
      [
        'use.authentications',
        'use: { authentications: { a: { basic: { username: u, password: p } } } }',
        'unused-name',
      ],
      [
        'use.authentications, a secret',
        'use: { secrets: [s], authentications: { a: { bearer: { use: s } } } }',
        'unused-name',
      ],
      [
        'use.authentications, no such secret',
        'use: { authentications: { a: { oidc: { use: s } } } }',
        'unknown-name',
      ],
      ['use.catalogs', 'use: { catalogs: { mine: { endpoint: functions } } }', 'unused-name'],
      ['use.catalogs, no endpoint', 'use: { catalogs: { mine: {} } }', 'missing-property'],
      ['use.errors', "use: { errors: { e: { type: 'https://a.example/e', status: 400 } } }", 'unused-name'],
      [
        'use.extensions',
        'use: { extensions: [{ log: { extend: all, before: [{ b: { set: { a: 1 } } }], after: [{ c: { set: { a: 1 } } }] } }] }',
        'valid',
      ],
      ['use.extensions, when', "use: { extensions: [{ log: { extend: set, when: '.a' } }] }", 'valid'],
      [
        'use.extensions, of a kind that is not there',
        'use: { extensions: [{ log: { extend: wait } }] }',
        'unused-name',
      ],
      ['use.extensions, unknown kind', 'use: { extensions: [{ log: { extend: http } }] }', 'wrong-value'],
      [
        'use.extensions, no extend',
        'use: { extensions: [{ log: { before: [{ b: { set: { a: 1 } } }] } }] }',
        'missing-property',
      ],
      [
        'use.extensions, two names',
        'use: { extensions: [{ a: { extend: all }, b: { extend: all } }] }',
        'wrong-size',
      ],
      ['use.functions', 'use: { functions: { f: { set: { a: 1 } } } }', 'unused-name'],
      ['use.functions, no task', 'use: { functions: { f: { a: 1 } } }', 'not-a-choice'],
      [
        'use.functions, refused',
        'use: { functions: { f: { run: { shell: { command: ls } } } } }',
        'refused-task',
      ],
      ['use.retries', 'use: { retries: { r: { delay: PT1S } } }', 'unused-name'],
      ['use.retries, unknown', 'use: { retries: { r: { every: PT1S } } }', 'unknown-property'],
      ['use.secrets', 'use: { secrets: [s] }', 'unused-name'],
      ['use.secrets, a mapping', 'use: { secrets: { s: x } }', 'wrong-type'],
      ['use.timeouts', 'use: { timeouts: { t: { after: PT1S } } }', 'unused-name'],
      ['use.timeouts, no after', 'use: { timeouts: { t: {} } }', 'missing-property'],
    ],
    withTop,
  ),
  ...samples(
    [
      [
        'names that fit',
        "use: { authentications: { a: { basic: { use: s } } }, secrets: [s], errors: { e: { type: 'https://a.example/e', status: 400 } }, functions: { f: { set: { a: 1 } } }, retries: { r: { delay: PT1S } }, timeouts: { t: { after: PT1S } } }\ndo:\n  - a: { call: http, with: { method: get, endpoint: { uri: 'https://a.example', authentication: { use: a } } }, timeout: t }\n  - b: { call: f, metadata: { sandbox: { compensate: f } } }\n  - c: { try: [{ d: { raise: { error: e } } }], catch: { retry: r } }",
        'valid',
      ],
      ['no such timeout', 'do:\n  - a: { set: { a: 1 }, timeout: t }', 'unknown-name'],
      ['no such error', 'do:\n  - a: { raise: { error: e } }', 'unknown-name'],
      [
        'no such retry',
        'do:\n  - a: { try: [{ b: { set: { a: 1 } } }], catch: { retry: r } }',
        'unknown-name',
      ],
      [
        'no such authentication',
        "do:\n  - a: { call: http, with: { method: get, endpoint: { uri: 'https://a.example', authentication: { use: x } } } }",
        'unknown-name',
      ],
      [
        'no such function to compensate with',
        'do:\n  - a: { set: { a: 1 }, metadata: { sandbox: { compensate: f } } }',
        'unknown-name',
      ],
      ['no such catalog', 'do:\n  - a: { call: f:1.0.0@mine }', 'unknown-name'],
      [
        'secrets in a call',
        "use: { secrets: [s] }\ndo:\n  - a: { call: person:1.0.0@default, with: { person: '${ $secrets.s }' } }",
        'valid',
      ],
      [
        'secrets in set',
        "use: { secrets: [s] }\ndo:\n  - a: { set: { a: '${ $secrets.s }' } }",
        'secrets-out-of-place',
      ],
      [
        'secrets in input.from',
        "use: { secrets: [s] }\ndo:\n  - a: { input: { from: '$secrets.s' }, set: '${ . }' }",
        'valid',
      ],
    ],
    (text) => `${head}\n${text}\n`,
  ),
];
