import { describe, expect, it } from '@jest/globals';

import { generateHouseholds } from '../../cli/cohort/household-generator.js';
import { play, type Played } from './play-run.js';

/** The intake of a census on the real engine, with the registry of people and cases played by this test. */
describe('a census', () => {
  const intake = (count: number): Played => {
    const rows = generateHouseholds({ count }).map(({ line, row }) => ({ line, ...row }));
    return play({
      workflow: 'census-intake',
      input: { source: 'households.csv', rows },
      metadata: {
        callbackUrl: 'http://localhost:4000/callbacks/run-8',
        case: { id: 'case-8', number: 'USCT-C-000001', kind: 'census', person: null },
      },
      replies: {
        rememberRow: (args) => ({ output: { person: `p-${args['key'] as string}` } }),
        openApplication: (args) => ({
          output: { caseId: `case-${args['key'] as string}`, number: 'n', runId: 'r' },
        }),
      },
    });
  };

  it('opens an application for each good line, with its person, and turns the others away', () => {
    const households = generateHouseholds({ count: 200 });
    const rejected = households
      .filter(({ expected }) => expected.outcome === 'rejected-at-intake')
      .map(({ line }) => line);
    const played = intake(200);
    expect(played.error).toBeUndefined();
    expect(
      (played.output as { rejected: readonly { line: number }[] }).rejected.map(({ line }) => line),
    ).toEqual(rejected);
    expect((played.output as { opened: readonly unknown[] }).opened).toHaveLength(200 - rejected.length);
    expect(played.calls.find(({ name }) => name === 'openApplication')?.args).toMatchObject({
      kind: 'application',
      person: 'p-USCT-C-000001/2',
      key: 'census/USCT-C-000001/2',
    });
  });

  it('takes ten thousand lines', () => {
    const played = intake(10_000);
    expect(played.error).toBeUndefined();
    expect(played.states).toEqual(['checked', 'opened']);
  }, 120_000);
});
