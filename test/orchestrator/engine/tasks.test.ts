import { describe, expect, it } from '@jest/globals';
import { Drive, eventsOf, workflow } from './drive.js';
import { survivesEveryCut } from './survives.js';

describe('emit', () => {
  it('publishes an event with all its attributes, and gives it as output', () => {
    const run = survivesEveryCut(
      workflow(`
  - tell:
      emit:
        event:
          with:
            id: '\${ "e-" + .name }'
            source: https://example.org
            type: org.example.greeted
            time: '2026-03-03T00:00:00Z'
            subject: '\${ .name }'
            datacontenttype: application/json
            dataschema: https://example.org/schema
            priority: 3
            data: { greeting: '\${ "Hello " + .name }' }`),
      { input: { name: 'Amina' } },
    );
    expect(run.output).toEqual({
      specversion: '1.0',
      id: 'e-Amina',
      source: 'https://example.org',
      type: 'org.example.greeted',
      time: '2026-03-03T00:00:00Z',
      subject: 'Amina',
      datacontenttype: 'application/json',
      dataschema: 'https://example.org/schema',
      priority: 3,
      data: { greeting: 'Hello Amina' },
    });
    expect(run.emitted).toEqual([run.output]);
  });

  it('makes up id, source and time where they are missing, the same after a crash', () => {
    const run = new Drive(
      workflow(
        `\n  - tell: { emit: { event: { with: { type: org.example.told, subject: '\${ null }' } } } }`,
      ),
    );
    expect(run.output).toMatchObject({ id: 'run-1:/do/0/tell', time: '2026-01-01T00:00:00.000Z' });
    expect(run.output).not.toHaveProperty('subject');
    expect(
      survivesEveryCut(workflow(`\n  - tell: { emit: { event: { with: { type: org.example.told } } } }`))
        .emitted,
    ).toHaveLength(1);
  });

  it.each([['data: 1'], [`type: '\${ 5 }'`], [`type: a, source: '\${ {} }'`]])(
    'needs texts where CloudEvents do: %s',
    (attributes) => {
      const run = survivesEveryCut(workflow(`\n  - tell: { emit: { event: { with: { ${attributes} } } } }`));
      expect(run.error).toMatchObject({ status: 400, instance: '/do/0/tell' });
      expect(run.emitted).toEqual([]);
    },
  );
});

describe('raise', () => {
  it('raises an inline error with the place of the task', () => {
    const run = survivesEveryCut(
      workflow(
        `\n  - fail: { raise: { error: { status: 400, type: https://example.org/compliance, title: Compliance Error } } }`,
      ),
    );
    expect(run.error).toEqual({
      status: 400,
      type: 'https://example.org/compliance',
      title: 'Compliance Error',
      instance: '/do/0/fail',
    });
  });

  it('raises an error of the document, with expressions in all its parts', () => {
    const head = `use: { errors: { late: { type: '\${ "https://example.org/" + .kind }', status: '\${ 400 + .n }', title: '\${ .title }', detail: '\${ "n is \\(.n)" }', instance: /elsewhere } } }`;
    const run = survivesEveryCut(workflow(`\n  - fail: { raise: { error: late } }`, head), {
      input: { kind: 'late', n: 9, title: 'Too late' },
    });
    expect(run.error).toEqual({
      type: 'https://example.org/late',
      status: 409,
      title: 'Too late',
      detail: 'n is 9',
      instance: '/elsewhere',
    });
  });

  it.each([['unknown'], [`{ type: a, status: '\${ "many" }' }`]])(
    'says what is wrong with the error itself: %s',
    (error) => {
      const run = survivesEveryCut(workflow(`\n  - fail: { raise: { error: ${error} } }`));
      expect(run.error).toMatchObject({ status: 400, instance: '/do/0/fail' });
    },
  );
});

describe('run workflow', () => {
  const child = (more: string): string =>
    workflow(`
  - child:
      run:
        workflow: { namespace: test, name: other, version: latest, input: { n: '\${ .n }' } }
        ${more}
  - after: { set: '\${ {got: .} }' }`);

  it('hands on input and version, and waits for the output', () => {
    const run = survivesEveryCut(child(''), {
      input: { n: 1 },
      replies: { child: { later: { done: true } } },
    });
    expect(run.runs[0]).toMatchObject({
      workflow: { namespace: 'test', name: 'other', version: 'latest' },
      input: { n: 1 },
      await: true,
      doubtful: false,
    });
    expect(run.output).toEqual({ got: { done: true } });
  });

  it('faults with the error of the other workflow', () => {
    const run = survivesEveryCut(child(''), { replies: { child: { laterStatus: 409 } } });
    expect(run.error?.status).toBe(409);
  });

  it('does not wait when told so, and gives its input on', () => {
    const run = survivesEveryCut(child('await: false'), {
      input: { n: 1 },
      replies: { child: { output: null } },
    });
    expect(run.runs[0]?.await).toBe(false);
    expect(run.output).toEqual({ got: { n: 1 } });
  });

  it('gives nothing when told so', () => {
    const run = survivesEveryCut(child('return: none'), { replies: { child: { later: { done: true } } } });
    expect(run.output).toEqual({ got: null });
  });
});

describe('wait', () => {
  it.each([
    ['PT90S', '2026-01-01T00:01:30.000Z'],
    ['P1M', '2026-02-01T00:00:00.000Z'],
    ['{ minutes: 1, seconds: 30 }', '2026-01-01T00:01:30.000Z'],
    [`'\${ "PT" + (.n | tostring) + "S" }'`, '2026-01-01T00:01:30.000Z'],
    [`'\${ {seconds: .n} }'`, '2026-01-01T00:01:30.000Z'],
  ])('waits for %s on the clock of the workspace, and gives its input on', (duration, end) => {
    const run = survivesEveryCut(workflow(`\n  - pause: { wait: ${duration} }`), { input: { n: 90 } });
    expect(run.output).toEqual({ n: 90 });
    expect(eventsOf(run.journal, 'task.completed')[0]?.time).toBe(end);
  });

  it('needs a duration', () => {
    const run = survivesEveryCut(workflow(`\n  - pause: { wait: a while }`));
    expect(run.error).toMatchObject({ status: 400, instance: '/do/0/pause' });
  });
});
