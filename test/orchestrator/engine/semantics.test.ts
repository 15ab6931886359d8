import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../contracts/json.js';
import { eventsOf, workflow } from './drive.js';
import { survivesEveryCut } from './survives.js';

/** Decisions of docs/explanations/workflow-semantics.md that the tests of the single tasks do not already show. */
const event = (id: string, attributes: Record<string, Json>): Record<string, Json> => ({
  kind: 'event',
  event: { specversion: '1.0', id, source: 'test', type: 'org.example.answer', ...attributes },
});

describe('flow', () => {
  it('does not follow the then of a task that was left out, nor export anything for it', () => {
    const run = survivesEveryCut(
      workflow(`
  - skipped: { if: .no, set: { a: 1 }, export: { as: { seen: true } }, then: end }
  - after: { set: '\${ {context: $context} }' }`),
    );
    expect(run.output).toEqual({ context: null });
  });

  it('leaves an iteration by exit, not the loop', () => {
    const run = survivesEveryCut(
      workflow(`
  - each:
      for: { in: [1, 2] }
      do:
        - note: { set: '\${ {seen: ((.seen // []) + [$item])} }', then: exit }
        - never: { set: { never: true } }`),
    );
    expect(run.output).toEqual({ seen: [1, 2] });
  });

  it('lets a competing branch decide also by its error', () => {
    const run = survivesEveryCut(
      workflow(`
  - race: { fork: { compete: true, branches: [{ slow: { call: 'ask:1.0.0@default' } }, { bad: { raise: { error: { type: a, status: 418 } } } }] } }`),
      { replies: { slow: 'never' } },
    );
    expect(run.error?.status).toBe(418);
  });

  it('does not look at while in a parallel map', () => {
    const run = survivesEveryCut(
      workflow(`
  - map: { for: { in: [1, 2] }, while: 'false', metadata: { sandbox: { concurrency: 2 } }, do: [{ keep: { set: '\${ {n: $item} }' } }] }`),
    );
    expect(run.output).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('hands a function the loop variables of its caller, and goes on after it', () => {
    const run = survivesEveryCut(
      workflow(
        `
  - each: { for: { in: [7] }, do: [{ call: { call: own } }, { after: { set: '\${ {was: .} }' } }] }`,
        `use: { functions: { own: { set: '\${ {n: $item} }', then: exit } } }`,
      ),
    );
    expect(run.output).toEqual({ was: { n: 7 } });
  });

  it.each([['{ do: [{ last: { set: { n: 1 }, then: end } }] }'], ['{ set: { n: 1 }, then: end }']])(
    'ends the run from within a function: %s',
    (own) => {
      const run = survivesEveryCut(
        workflow(
          `\n  - call: { call: own }\n  - never: { set: { never: true } }`,
          `use: { functions: { own: ${own} }, extensions: [{ e: { extend: call, after: [{ note: { set: { told: true } } }] } }] }`,
        ),
      );
      expect(run.told.at(-1)).toBe('task.completed /do/0/call/after/0/e/0/note');
      expect(run).toMatchObject({ status: 'completed', output: { n: 1 } });
    },
  );
});

describe('retries', () => {
  it('wait for an hour at most, or for the delay when it is longer', () => {
    const delays = (delay: string): number[] =>
      eventsOf(
        survivesEveryCut(
          workflow(`
  - patiently:
      try: [{ ask: { call: 'ask:1.0.0@default' } }]
      catch: { retry: { delay: ${delay}, backoff: { exponential: {} }, limit: { attempt: { count: 3 } } } }`),
          { replies: { ask: { status: 503 } } },
        ).journal,
        'task.retried',
      ).map(({ time, due }) => (Date.parse(due) - Date.parse(time)) / 60_000);
    expect(delays('PT25M')).toEqual([25, 50, 60]);
    expect(delays('PT2H')).toEqual([120, 120, 120]);
  });

  it('run the handler with the input of the try', () => {
    const run = survivesEveryCut(
      workflow(`
  - patiently:
      try: [{ change: { set: { other: true } } }, { fail: { raise: { error: { type: a, status: 400 } } } }]
      catch: { do: [{ note: { set: '\${ . }' } }] }`),
      { input: { given: 1 } },
    );
    expect(run.output).toEqual({ given: 1 });
  });
});

describe('events', () => {
  it('are filtered by regular expressions that are written as expressions', () => {
    const run = survivesEveryCut(
      workflow(
        `\n  - hear: { listen: { to: { one: { with: { type: '\${ test("^org\\\\.example\\\\.b") }' } } } } }`,
      ),
      {
        signals: [
          event('1', { type: 'orgXexample.b' }),
          event('2', { type: 'org.example.big', data: 'big' }),
        ],
      },
    );
    expect(run.output).toEqual(['big']);
  });

  it('that fit both end the listening', () => {
    const run = survivesEveryCut(
      workflow(
        `\n  - hear: { listen: { to: { any: [], until: { one: { with: { type: org.example.stop } } } } } }`,
      ),
      { signals: [event('1', { data: 1 }), event('2', { type: 'org.example.stop' })] },
    );
    expect(run.output).toEqual([1]);
  });

  it('with binary data give it as text when they are read raw', () => {
    const listen = (read: string): string =>
      workflow(`\n  - hear: { listen: { to: { any: [] }, read: ${read} } }`);
    const signals = [event('1', { data_base64: 'aGk=' })];
    expect(survivesEveryCut(listen('raw'), { signals }).output).toEqual(['aGk=']);
    expect(survivesEveryCut(listen('data'), { signals }).output).toEqual([null]);
  });

  it('are looked for in the context that the listener found', () => {
    const run = survivesEveryCut(
      workflow(`
  - know: { set: { id: 1 }, export: { as: . } }
  - both:
      fork:
        branches:
          - hear: { listen: { to: { one: { with: { data: '\${ . == $context.id }' } } } } }
          - change: { set: { id: 2 }, export: { as: . } }`),
      { signals: [event('1', { data: 2 }), event('2', { data: 1 })] },
    );
    expect(run.output).toEqual([[1], { id: 2 }]);
  });
});

describe('extensions', () => {
  it('still come after a task that they stood in for, may export, and apply to compensations', () => {
    const run = survivesEveryCut(
      workflow(
        `
  - pay: { call: 'pay:1.0.0@default', metadata: { sandbox: { compensate: refund } } }
  - fail: { raise: { error: { type: a, status: 400, detail: '\${ $context | tojson }' } } }`,
        `use:
  functions: { refund: { call: 'refund:1.0.0@default' } }
  extensions:
    - mock:
        extend: call
        before: [{ instead: { set: { mocked: true }, then: exit } }]
        after: [{ note: { set: '\${ {told: $task.name} }', export: { as: . } } }]`,
      ),
    );
    expect(run.calls).toEqual([]);
    expect(run.error?.detail).toBe('{"told":"pay"}');
    expect(run.told).toContain('task.completed /do/0/pay/compensate/refund/before/0/mock/0/instead');
  });
});
