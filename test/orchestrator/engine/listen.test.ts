import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../contracts/json.js';
import { Drive, eventsOf, workflow } from './drive.js';
import { survivesEveryCut } from './survives.js';

const event = (id: string, attributes: Record<string, Json>): Record<string, Json> => ({
  kind: 'event',
  event: { specversion: '1.0', id, source: 'test', type: 'org.example.answer', ...attributes },
});

const listening = (listen: string, more = ''): string =>
  workflow(`
  - know: { set: { id: 7 }, export: { as: . } }
  - hear:
      listen: ${listen}
      timeout: { after: P1D }
${more}`);

const told = { a: 'org.example.a', b: 'org.example.b' };

describe('listen to one', () => {
  const one = listening(
    `{ to: { one: { with: { type: org.example.answer, data: '\${ .id == $context.id }' } } } }`,
  );

  it('takes the event that fits, and no other', () => {
    const run = survivesEveryCut(one, {
      signals: [event('1', { data: { id: 8 } }), event('2', { data: { id: 7 } })],
    });
    expect(run.output).toEqual([{ id: 7 }]);
    expect(eventsOf(run.journal, 'task.completed').at(-1)?.consumed).toEqual(['test 2']);
  });

  it('ends by its timeout when none fits', () => {
    const run = survivesEveryCut(one, { signals: [event('1', { data: { id: 8 } })] });
    expect(run.error).toMatchObject({ status: 408, instance: '/do/1/hear' });
  });

  it('keeps an event that came before its listener', () => {
    const run = new Drive(
      workflow(`
  - prepare: { call: 'ask:1.0.0@default' }
  - hear: { listen: { to: { one: { with: { type: org.example.answer } } } } }`),
    );
    run.signal(event('early', { data: 1 }));
    run.restart();
    run.answer('prepare', {});
    expect(run.output).toEqual([1]);
  });

  it('takes an event once, however often it comes', () => {
    const twice = workflow(`
  - one: { listen: { to: { one: { with: { type: org.example.answer } } } } }
  - two: { listen: { to: { one: { with: { type: org.example.answer } } } } }`);
    const run = survivesEveryCut(twice, { signals: [event('e', { data: 1 }), event('e', { data: 2 })] });
    expect(run.waiting).toEqual(['/do/1/two']);
    const other = survivesEveryCut(twice, {
      signals: [event('e', { data: 1 }), event('e', { data: 2, source: 'elsewhere' })],
    });
    expect(other.output).toEqual([2]);
  });

  it('gives one event to one of two listeners', () => {
    const run = survivesEveryCut(
      workflow(`
  - both:
      fork:
        branches:
          - left: { listen: { to: { one: { with: { type: org.example.answer } } } } }
          - right: { listen: { to: { one: { with: { type: org.example.answer } } } } }`),
      { signals: [event('1', { data: 1 }), event('2', { data: 2 })] },
    );
    expect(run.output).toEqual([[1], [2]]);
  });

  it.each([
    ['data', { id: 7 }],
    [
      'envelope',
      { specversion: '1.0', id: '1', source: 'test', type: 'org.example.answer', data: { id: 7 } },
    ],
    ['raw', { id: 7 }],
  ])('reads %s', (read, expected) => {
    const run = survivesEveryCut(
      listening(`{ read: ${read}, to: { one: { with: { type: org.example.answer } } } }`),
      { signals: [event('1', { data: { id: 7 } })] },
    );
    expect(run.output).toEqual([expected]);
  });

  it('compares every attribute, extensions and data included, and takes values from expressions', () => {
    const filter = (wanted: string): string => listening(`{ to: { one: { with: { ${wanted} } } } }`);
    const heard = event('1', { subject: 's', urgent: true, data: { id: 7, list: [1] } });
    for (const wanted of [
      'subject: s',
      'urgent: true',
      'data: { id: 7, list: [1] }',
      `data: { id: '\${ $context.id }', list: [1] }`,
      `subject: '\${ "s" }'`,
    ])
      expect(survivesEveryCut(filter(wanted), { signals: [heard] }).status).toBe('completed');
    for (const wanted of [
      'subject: S',
      'urgent: false',
      'data: { id: 7 }',
      `data: '\${ .missing.deep > 3 }'`,
      `subject: '\${ error("no") }'`,
      'type: org.example.*',
    ])
      expect(survivesEveryCut(filter(wanted), { signals: [heard] }).error?.status).toBe(408);
  });
});

describe('listen to any', () => {
  it('takes the first that fits one of the filters', () => {
    const run = survivesEveryCut(
      listening(`{ to: { any: [{ with: { type: org.example.a } }, { with: { type: org.example.b } }] } }`),
      { signals: [event('0', {}), event('1', { type: told.b, data: 'b' }), event('2', { type: told.a })] },
    );
    expect(run.output).toEqual(['b']);
  });

  it('takes every event when no filter is given', () => {
    const run = survivesEveryCut(listening('{ to: { any: [] } }'), { signals: [event('0', { data: 0 })] });
    expect(run.output).toEqual([0]);
  });

  it('goes on until an expression over what it has so far holds', () => {
    const document = listening(
      `{ to: { any: [{ with: { type: org.example.answer } }], until: '(. | length) > 2' } }`,
    );
    const signals = [0, 1, 2, 3].map((n) => event(`${n}`, { data: n }));
    expect(survivesEveryCut(document, { signals }).output).toEqual([0, 1, 2]);
    expect(survivesEveryCut(document, { signals: signals.slice(0, 2) }).error?.status).toBe(408);
  });

  it('goes on until another event, which it consumes and does not give out', () => {
    const document = listening(
      `{ to: { any: [{ with: { type: org.example.a } }], until: { one: { with: { type: org.example.b } } } } }`,
      '  - later: { listen: { to: { any: [] } } }',
    );
    const run = survivesEveryCut(document, {
      signals: [
        event('1', { type: told.a, data: 1 }),
        event('2', { type: told.a, data: 2 }),
        event('3', { type: told.b, data: 'stop' }),
        event('4', { type: told.a, data: 'next' }),
      ],
    });
    expect(run.output).toEqual(['next']);
    expect(eventsOf(run.journal, 'task.consumed').map(({ event: key, ends }) => [key, ends])).toEqual([
      ['test 1', undefined],
      ['test 2', undefined],
      ['test 3', true],
    ]);
  });

  it('goes on until all of several events came', () => {
    const document = listening(
      `{ to: { any: [{ with: { type: org.example.answer } }], until: { all: [{ with: { type: org.example.a } }, { with: { type: org.example.b } }] } } }`,
    );
    const signals = [
      event('1', { type: told.b }),
      event('2', { data: 2 }),
      event('3', { type: told.b }),
      event('4', { type: told.a }),
    ];
    expect(survivesEveryCut(document, { signals }).output).toEqual([2]);
    expect(survivesEveryCut(document, { signals: signals.slice(0, 3) }).error?.status).toBe(408);
  });
});

describe('listen to all', () => {
  const all = listening(
    `{ to: { all: [{ with: { type: org.example.a } }, { with: { type: org.example.b } }] } }`,
  );

  it('waits for one of each, and gives them in the order in which they came', () => {
    const run = survivesEveryCut(all, {
      signals: [
        event('1', { type: told.b, data: 'b' }),
        event('2', { type: told.b }),
        event('3', { type: told.a, data: 'a' }),
      ],
    });
    expect(run.output).toEqual(['b', 'a']);
    expect(eventsOf(run.journal, 'task.completed').at(-1)?.consumed).toEqual(['test 1', 'test 3']);
  });

  it('consumes nothing while one is missing', () => {
    const run = survivesEveryCut(all, { signals: [event('1', { type: told.a })] });
    expect(run.error?.status).toBe(408);
    expect(eventsOf(run.journal, 'task.consumed')).toEqual([]);
  });
});

describe('correlate', () => {
  const one = (correlate: string): string =>
    listening(`{ to: { one: { with: { type: org.example.answer }, correlate: { number: ${correlate} } } } }`);
  const heard = (id: Json): Record<string, Json> => event(JSON.stringify(id), { data: { id } });

  it.each([[`{ from: .data.id, expect: '\${ $context.id }' }`], ['{ from: .data.id, expect: $context.id }']])(
    'compares what the event says with what the workflow knows, exactly: %s',
    (correlate) => {
      expect(survivesEveryCut(one(correlate), { signals: [heard('7'), heard(8), heard(7)] }).output).toEqual([
        { id: 7 },
      ]);
    },
  );

  it('compares with a constant', () => {
    const document = one('{ from: .data.id, expect: seven }');
    expect(survivesEveryCut(document, { signals: [heard('seven')] }).output).toEqual([{ id: 'seven' }]);
    expect(survivesEveryCut(document, { signals: [heard('Seven')] }).error?.status).toBe(408);
  });

  it('never correlates by what is missing on both sides', () => {
    const run = survivesEveryCut(one(`{ from: .data.none, expect: '\${ $context.none }' }`), {
      signals: [heard(7)],
    });
    expect(run.error?.status).toBe(408);
  });

  it('without an expectation binds the others to the first value', () => {
    const document = listening(
      `{ to: { all: [
          { with: { type: org.example.a }, correlate: { order: { from: .data.order } } },
          { with: { type: org.example.b }, correlate: { order: { from: .data.number } } } ] } }`,
    );
    const signals = [
      event('1', { type: told.a, data: { order: 1 } }),
      event('2', { type: told.b, data: { number: 2 } }),
      event('3', { type: told.b, data: { number: 1 } }),
    ];
    expect(survivesEveryCut(document, { signals }).output).toEqual([{ order: 1 }, { number: 1 }]);
    expect(survivesEveryCut(document, { signals: signals.slice(0, 2) }).error?.status).toBe(408);
  });

  it('binds the events of a stream to its first', () => {
    const run = survivesEveryCut(
      listening(
        `{ to: { any: [{ with: { type: org.example.answer }, correlate: { room: { from: .data.room } } }], until: 'length == 2' } }`,
      ),
      {
        signals: [
          event('1', { data: { room: 'a', n: 1 } }),
          event('2', { data: { room: 'b', n: 2 } }),
          event('3', { data: { room: 'a', n: 3 } }),
        ],
      },
    );
    expect(run.output).toEqual([
      { room: 'a', n: 1 },
      { room: 'a', n: 3 },
    ]);
  });
});

describe('foreach', () => {
  const each = workflow(`
  - hear:
      listen: { to: { any: [{ with: { type: org.example.answer } }], until: '$context.sum >= 6' } }
      foreach:
        item: heard
        at: place
        do:
          - ask: { call: 'ask:1.0.0@default', with: { n: '\${ $heard.n }', place: '\${ $place }' } }
          - double: { set: '\${ {twice: (.n * 2), place: .place} }' }
        output: { as: '\${ {twice: .twice, place: .place, was: $heard.n} }' }
        export: { as: '\${ {sum: (($context.sum // 0) + .was)} }' }
  - result: { set: '\${ {all: ., sum: $context.sum} }' }`);
  const signals = [1, 2, 3, 4].map((n) => event(`${n}`, { data: { n } }));

  it('runs its tasks for each event, one after the other, and gives their outputs', () => {
    const run = survivesEveryCut(each, { signals });
    expect(run.output).toEqual({
      all: [
        { twice: 2, place: 0, was: 1 },
        { twice: 4, place: 1, was: 2 },
        { twice: 6, place: 2, was: 3 },
      ],
      sum: 6,
    });
    expect(run.told.filter((line) => line.includes('foreach#1'))).toEqual([
      'task.started /do/0/hear/foreach#1/do/0/ask',
      'task.completed /do/0/hear/foreach#1/do/0/ask',
      'task.completed /do/0/hear/foreach#1/do/1/double',
    ]);
  });

  it('keeps events waiting while one is dealt with', () => {
    const run = new Drive(each);
    for (const signal of signals) run.signal(signal);
    expect(run.calls.map(({ args }) => args)).toEqual([{ n: 1, place: 0 }]);
    run.restart();
    expect(run.calls.map(({ args, doubtful }) => [args, doubtful])).toEqual([[{ n: 1, place: 0 }, true]]);
    run.answer('ask', { n: 1, place: 0 });
    expect(run.calls.map(({ args }) => args)).toEqual([{ n: 2, place: 1 }]);
  });

  it('faults with the task that failed, pointing into the document', () => {
    const run = survivesEveryCut(
      workflow(`
  - hear:
      listen: { to: { one: { with: { type: org.example.answer } } } }
      foreach: { do: [{ broken: { set: '\${ 1 + {} }' } }] }`),
      { signals },
    );
    expect(run.error).toMatchObject({ status: 400, instance: '/do/0/hear/foreach/do/0/broken' });
  });

  it('works without tasks, and for a fixed number of events', () => {
    const run = survivesEveryCut(
      workflow(`
  - hear:
      listen: { to: { all: [{ with: { type: org.example.a } }, { with: { type: org.example.b } }] } }
      foreach: { output: { as: '\${ {at: $index, is: $item} }' } }`),
      { signals: [event('1', { type: told.b, data: 'b' }), event('2', { type: told.a, data: 'a' })] },
    );
    expect(run.output).toEqual([
      { at: 0, is: 'b' },
      { at: 1, is: 'a' },
    ]);
  });
});
