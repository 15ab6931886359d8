import { describe, expect, it } from '@jest/globals';
import { Drive, workflow } from './drive.js';
import { survivesEveryCut } from './survives.js';

describe('a function of the workflow', () => {
  const head = `use:
  functions:
    greet:
      input: { schema: { document: { type: object } }, from: '\${ {to: .name} }' }
      call: ask:1.0.0@default
      with: { text: '\${ "Hello " + .to }' }
      output: { as: .text }
    'log:0.5.2@global': { set: '\${ {logged: .message} }' }
    steps: { do: [{ one: { set: '\${ 1 + {} }' } }] }`;

  it('gets what stands under with as its input, and goes through its own data flow', () => {
    const run = survivesEveryCut(
      workflow(
        `\n  - hello: { call: greet, with: { name: '\${ .person }' }, output: { as: '\${ {said: .} }' } }`,
        head,
      ),
      { input: { person: 'Amina' } },
    );
    expect(run.output).toEqual({ said: 'Hello Amina' });
    expect(run.calls.map(({ key }) => key)).toEqual(['/do/0/hello/function/greet']);
  });

  it('is found by its full name when it comes from a catalog', () => {
    const run = survivesEveryCut(
      workflow(`\n  - log: { call: 'log:0.5.2@global', with: { message: hi } }`, head),
    );
    expect(run.output).toEqual({ logged: 'hi' });
    expect(run.calls).toEqual([]);
  });

  it('is asked of the world when the workflow does not define it', () => {
    const run = survivesEveryCut(
      workflow(`\n  - other: { call: 'other:1.0.0@default', with: { a: 1 } }`, head),
    );
    expect(run.calls[0]).toMatchObject({
      key: '/do/0/other',
      args: { a: 1 },
      task: { call: 'other:1.0.0@default' },
    });
  });

  it('points at itself in its errors', () => {
    const run = survivesEveryCut(workflow(`\n  - go: { call: steps }`, head));
    expect(run.error?.instance).toBe('/use/functions/steps/do/0/one');
  });
});

describe('authentication', () => {
  const secrets = { account: { username: 'clerk', password: 'hunter2-secret' }, token: 'token-secret' };
  const head = `use:
  secrets: [account, token]
  authentications:
    fromSecret: { basic: { use: account } }
    computed: { bearer: { token: '\${ $secrets.token }' } }
    plain: { bearer: '\${ $secrets.token }' }
    lost: { digest: { use: missing } }`;
  const http = (authentication: string): string =>
    workflow(
      `\n  - get: { call: http, with: { method: get, endpoint: { uri: 'https://example.org/{id}', authentication: ${authentication} } } }`,
      head,
    );
  const basic = { basic: { username: 'clerk', password: 'hunter2-secret' } };

  it.each([
    ['{ use: fromSecret }', basic],
    ['{ basic: { use: account } }', basic],
    ['{ use: computed }', { bearer: { token: 'token-secret' } }],
    ['{ use: plain }', { bearer: { token: 'token-secret' } }],
    [`{ basic: { username: '\${ .who }', password: '\${ $secrets.account.password }' } }`, basic],
  ])('goes to the effect, resolved, and never into the journal: %s', (authentication, expected) => {
    const run = survivesEveryCut(http(authentication), {
      input: { who: 'clerk' },
      secrets,
      replies: { get: { output: {} } },
    });
    expect(run.calls[0]).toMatchObject({
      args: { method: 'get', endpoint: { uri: 'https://example.org/{id}' } },
      authentication: expected,
    });
    expect(JSON.stringify(run.journal)).not.toMatch(/secret"|hunter2|token-secret/);
    expect(JSON.stringify(run.calls[0]?.args)).not.toContain('authentication');
  });

  it.each([
    ['{ use: nobody }', 'configuration', 400],
    ['{ use: lost }', 'authorization', 403],
    [`{ bearer: { token: '\${ $secrets.missing }' } }`, 'authorization', 403],
  ])('that cannot be resolved is an error, and nothing is sent: %s', (authentication, type, status) => {
    const run = survivesEveryCut(http(authentication), { secrets });
    expect(run.error).toMatchObject({ status, instance: '/do/0/get' });
    expect(run.error?.type).toContain(type);
    expect(run.calls).toEqual([]);
  });

  it('of an openapi call and of its document are kept apart', () => {
    const run = survivesEveryCut(
      workflow(
        `
  - pet:
      call: openapi
      with:
        document: { endpoint: { uri: 'https://example.org/openapi.json', authentication: { use: computed } } }
        operationId: getPet
        authentication: { use: fromSecret }`,
        head,
      ),
      { secrets, replies: { pet: { output: {} } } },
    );
    expect(run.calls[0]).toMatchObject({
      args: { document: { endpoint: { uri: 'https://example.org/openapi.json' } }, operationId: 'getPet' },
      authentication: basic,
      documentAuthentication: { bearer: { token: 'token-secret' } },
    });
    expect(JSON.stringify(run.journal)).not.toMatch(/hunter2|token-secret/);
  });

  it('is an argument like any other to a function', () => {
    const run = survivesEveryCut(
      workflow(`\n  - ask: { call: 'ask:1.0.0@default', with: { authentication: given } }`),
    );
    expect(run.calls[0]?.args).toEqual({ authentication: 'given' });
    expect(run.calls[0]?.authentication).toBeUndefined();
  });

  it('shows how it was done to output.as and export.as, and to nothing after', () => {
    const run = new Drive(
      workflow(`
  - get:
      call: http
      with: { method: get, endpoint: 'https://example.org' }
      output: { as: '\${ {scheme: $authorization.scheme} }' }
      export: { as: '\${ {length: ($authorization.parameter | length)} }' }
  - next: { set: '\${ {context: $context, scheme: .scheme, authorization: $authorization} }' }`),
    );
    run.answer('get', {}, { scheme: 'Bearer', parameter: 'abcdef' });
    expect(run.output).toEqual({ context: { length: 6 }, scheme: 'Bearer', authorization: null });
    expect(JSON.stringify(run.journal)).not.toContain('abcdef');
  });
});

describe('secrets', () => {
  const secrets = { key: 'top-secret', pin: 4711 };
  const head = 'use: { secrets: [key, pin] }';
  const journalOf = (tasks: string, more: object = {}): string =>
    JSON.stringify(
      survivesEveryCut(workflow(tasks, head), { secrets, replies: { ask: { output: 'done' } }, ...more })
        .journal,
    );

  it.each([
    [
      'in a call',
      `\n  - ask: { call: 'ask:1.0.0@default', with: { key: '\${ $secrets.key }', at: '\${ now }' } }`,
    ],
    [
      'by another spelling',
      `\n  - ask: { call: 'ask:1.0.0@default', with: { key: '\${ $secrets["key"] | length }' } }`,
    ],
    [
      'by the input',
      `\n  - ask: { call: 'ask:1.0.0@default', input: { from: '\${ {k: $secrets.key} }' }, with: { key: '\${ .k }' } }`,
    ],
    [
      'by the input of a task around it',
      `\n  - group:\n      input: { from: '\${ {k: $secrets.key, p: $secrets.pin} }' }\n      do: [{ ask: { call: 'ask:1.0.0@default', with: { text: '\${ "key=" + .k }', pin: '\${ .p }' } } }]`,
    ],
    [
      'through a retry',
      `\n  - patiently:\n      try: [{ ask: { call: 'ask:1.0.0@default', with: { key: '\${ $secrets.key }', at: '\${ now }' } } }]\n      catch: { retry: { delay: PT1M, limit: { attempt: { count: 1 } } }, do: [{ quiet: { set: { a: 1 } } }] }`,
    ],
  ])('used %s reach the effect and never the journal', (_, tasks) => {
    const script = tasks.includes('try:') ? { replies: { ask: { status: 503 } } } : {};
    const journal = journalOf(tasks, script);
    expect(journal).toContain('task.started');
    expect(journal).not.toContain('top-secret');
    expect(journal).not.toContain('4711');
  });

  it.each([
    ['with', `\n  - ask: { call: 'ask:1.0.0@default', with: { key: '\${ $secrets.key + 1 }' } }`],
    ['input', `\n  - ask: { input: { from: '\${ $secrets.key + 1 }' }, call: 'ask:1.0.0@default' }`],
    [
      'data',
      `\n  - group: { input: { from: '\${ {k: $secrets.key} }' }, do: [{ ask: { call: 'ask:1.0.0@default', with: { k: '\${ .k + 1 }' } } }] }`,
    ],
  ])('are not quoted by the errors of expressions: %s', (_, tasks) => {
    const run = survivesEveryCut(workflow(tasks, head), { secrets });
    expect(run.error).toMatchObject({ status: 400 });
    expect(JSON.stringify(run.journal)).not.toContain('top-s');
  });

  it('are evaluated again when the call is repeated', () => {
    const run = new Drive(
      workflow(
        `\n  - ask: { call: 'ask:1.0.0@default', with: { key: '\${ $secrets.key }', at: '\${ now }' } }`,
        head,
      ),
      {},
      { secrets },
    );
    const [first] = run.calls;
    run.time = new Date('2026-05-05T00:00:00Z');
    run.restart();
    expect(run.calls[0]).toMatchObject({ doubtful: true, args: { key: 'top-secret' } });
    expect(run.calls[0]?.args).toEqual(first?.args);
  });

  it('are an empty object everywhere else', () => {
    const run = survivesEveryCut(
      workflow(
        `
  - show:
      if: '$secrets == {}'
      set: '\${ {set: $secrets} }'
      output: { as: '\${ {set: .set, out: $secrets} }' }
      export: { as: '\${ $secrets }' }
  - result: { set: '\${ {before: ., context: $context} }' }`,
        head,
      ),
      { secrets },
    );
    expect(run.output).toEqual({ before: { set: {}, out: {} }, context: {} });
  });

  it('that are not there are refused where they would be used', () => {
    const run = survivesEveryCut(
      workflow(`\n  - ask: { call: 'ask:1.0.0@default', with: { key: '\${ $secrets.other }' } }`, head),
      { secrets },
    );
    expect(run.error).toMatchObject({ status: 403, instance: '/do/0/ask' });
  });

  it('can be used by the input of the workflow', () => {
    const run = survivesEveryCut(
      workflow(
        `\n  - ask: { call: 'ask:1.0.0@default', with: { key: '\${ .k }' } }`,
        `${head}\ninput: { from: '\${ {k: $secrets.key} }' }`,
      ),
      { secrets, replies: { ask: { output: 'done' } } },
    );
    expect(run.calls[0]?.args).toEqual({ key: 'top-secret' });
    expect(JSON.stringify(run.journal)).not.toContain('top-secret');
  });
});
