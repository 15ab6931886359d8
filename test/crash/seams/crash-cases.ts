import { workflow } from '../../orchestrator/engine/workflow-text.js';
import type { CrashCase } from './play.js';

const pay = (task: string, name: string, operation = 'pay', more = ''): string => `
  - ${task}:
      call: openapi
      with:
        document: { endpoint: 'govstack://payments/openapi.json' }
        operationId: ${operation}
        parameters: { name: ${name} }
${more}`;

const unclear = `      metadata:
        sandbox:
          unclear: { ask: { operationId: status, parameters: { name: c } }, found: .found, as: '{name: .name}' }
`;
const indent = (text: string, by: number): string => text.replaceAll('\n', `\n${' '.repeat(by)}`);
const named = (name: string, tasks: string): string => workflow(tasks).replace('name: test', `name: ${name}`);

/** One for each kind of command that a run can give. */
export const crashCases: readonly CrashCase[] = [
  { words: 'calls of a block', workflows: [workflow(pay('one', 'a') + pay('two', 'b'))] },
  {
    words: 'a call of a block that ignores Idempotency-Key, and answers the question',
    workflows: [workflow(pay('one', 'c', 'payForgetful', unclear) + pay('two', 'd'))],
  },
  {
    words: 'a call that leaves the sandbox',
    workflows: [
      workflow(`
  - post:
      call: openapi
      with:
        document: { endpoint: 'http://example.org/openapi.json' }
        operationId: post
        parameters: { name: h }
  - after: { set: '\${ {posted: .name} }' }`),
    ],
  },
  {
    words: 'a parallel map',
    workflows: [
      workflow(`
  - each:
      metadata: { sandbox: { concurrency: 2, onItemError: collect } }
      for: { each: item, in: '\${ ["m1", "m2", "m3"] }' }
      do:${indent(pay('send', "'${ $item }'"), 4)}`),
    ],
  },
  {
    words: 'catalog functions: claims, moves of the case, persons',
    workflows: [
      workflow(`
  - working: { call: 'moveCase:1.0.0@default', with: { state: working, facts: { n: 1 } } }
  - claim: { call: 'claim:1.0.0@default', with: { namespace: pay, keys: [x] } }
  - settle: { call: 'settleClaims:1.0.0@default', with: { namespace: pay, completed: [x] } }
  - remember: { call: 'rememberPerson:1.0.0@default', with: { key: p, data: { name: A } } }
  - person: { call: 'person:1.0.0@default', with: { person: '\${ .person }' } }
  - close: { call: 'moveCase:1.0.0@default', with: { state: closed } }`),
    ],
  },
  {
    words: 'another case',
    workflows: [
      workflow(`
  - other: { call: 'openCase:1.0.0@default', with: { kind: other, key: o, input: {} } }
  - rest: { wait: PT1H }`),
      named('other', pay('one', 'other')),
    ],
  },
  {
    words: 'an event of its own, heard by a child that nobody waits for',
    workflows: [
      workflow(`
  - child: { run: { await: false, workflow: { namespace: test, name: child, version: '1.0.0' } } }
  - tell: { emit: { event: { with: { type: org.example.go, data: { n: 1 } } } } }
  - rest: { wait: PT1H }`),
      named(
        'child',
        `
  - hear: { listen: { to: { one: { with: { type: org.example.go } } } } }${pay('one', 'child')}`,
      ),
    ],
  },
  {
    words: 'waits and deadlines',
    workflows: [
      workflow(`
  - rest: { wait: P1D }${pay('one', 'w')}
  - late:
      try:
        - patience: { timeout: { after: PT1H }, listen: { to: { one: { with: { type: org.example.never } } } } }
      catch: { errors: { with: { status: 408 } }, do: [ { note: { set: { late: true } } } ] }`),
    ],
  },
  {
    words: 'retries',
    workflows: [
      workflow(`
  - send:
      try:${indent(pay('one', 'r', 'payFailing'), 4)}
      catch: { errors: { with: { status: 503 } }, retry: { delay: PT5M, limit: { attempt: { count: 8 } } } }`),
    ],
  },
  {
    words: 'a child run',
    workflows: [
      workflow(`
  - child: { run: { workflow: { namespace: test, name: child, version: '1.0.0', input: { n: 1 } } } }${pay('after', 'p')}`),
      named('child', pay('one', 'q') + `\n  - rest: { wait: PT1H }`),
    ],
  },
  {
    words: 'a human task',
    workflows: [
      workflow(
        `
  - ask: { call: 'humanTask:1.0.0@default', with: { title: T, role: case-officer, form: f } }
  - note: { set: '\${ {agreed: .data.agreed} }' }${pay('one', 't')}`,
      ),
    ],
  },
  {
    words: 'an event from outside',
    event: 'org.example.answer',
    workflows: [
      workflow(`
  - hear: { listen: { to: { one: { with: { type: org.example.answer } } } } }${pay('one', 'e')}`),
    ],
  },
  {
    words: 'branches that compete, and the withdrawal of the loser',
    idle: true,
    workflows: [
      workflow(`
  - race:
      fork:
        compete: true
        branches:
          - ask: { call: 'humanTask:1.0.0@default', with: { title: T, role: case-officer, form: f } }
          - rest: { wait: PT1H }${pay('one', 'z')}`),
    ],
  },
  {
    words: 'a fault, and a resume after it was mended',
    opens: true,
    workflows: [workflow(pay('one', 'f1') + pay('two', 'f2', 'payClosed') + pay('three', 'f3'))],
  },
  {
    words: 'a child that faults, and a resume of its parent',
    opens: true,
    workflows: [
      workflow(`
  - child: { run: { workflow: { namespace: test, name: child, version: '1.0.0' } } }${pay('after', 'g2')}`),
      named('child', pay('one', 'g1', 'payClosed')),
    ],
  },
];
