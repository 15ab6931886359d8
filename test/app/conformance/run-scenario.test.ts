import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseFeature } from '../../../app/conformance/feature-file.js';
import {
  openScenarioPlayer,
  type ScenarioPlayer,
  type ScenarioResult,
} from '../../../app/conformance/run-features.js';

let player: ScenarioPlayer;
beforeAll(async () => {
  player = await openScenarioPlayer();
});
afterAll(() => player.close());

const workflow = (tasks: string): string => `
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: test, name: test, version: '1.0.0' }
      do:
        ${tasks}
      """
    When the workflow is executed
`;
const setOne = workflow('- one: { set: { a: 1, list: [ 1, 2 ] } }');

/** Plays a scenario of these steps. */
async function play(steps: string): Promise<ScenarioResult> {
  const [scenario] = parseFeature(`Feature: F\n  Scenario: S\n${steps}`, 'f.feature').scenarios;
  return player.play(scenario!);
}

/** Every kind of step must be able to fail: what cannot fail proves nothing. */
const failing: readonly (readonly [string, string, RegExp])[] = [
  [
    'an unknown step',
    `${setOne}    Then the workflow should dance\n`,
    /no such step: "the workflow should dance"/,
  ],
  [
    'a wrong output',
    `${setOne}    Then the workflow should complete with output:\n      """\n      a: 2\n      """\n`,
    /should be \{"a":2\}, and is/,
  ],
  [
    'a part of the output only',
    `${setOne}    Then the workflow should complete with output:\n      """\n      a: 1\n      """\n`,
    /should be \{"a":1\}/,
  ],
  [
    'a fault that does not come',
    `${setOne}    Then the workflow should fault\n`,
    /should fault, and is completed/,
  ],
  [
    'a completion that does not come',
    `${workflow('- one: { raise: { error: { type: a, status: 400 } } }')}    Then the workflow should complete\n`,
    /is faulted/,
  ],
  [
    'another error',
    `${workflow('- one: { raise: { error: { type: a, status: 400 } } }')}    Then the workflow should fault with error:\n      """\n      type: b\n      """\n`,
    /The error is/,
  ],
  [
    'a property that is not there',
    `${setOne}    Then the workflow output should have properties 'a', 'b.c'\n`,
    /no "b\.c"/,
  ],
  [
    'a property with another value',
    `${setOne}    Then the workflow output should have a 'a' property with value:\n      """\n      2\n      """\n`,
    /"a" should be 2/,
  ],
  [
    'a property of another size',
    `${setOne}    Then the workflow output should have a 'list' property containing 3 items\n`,
    /"list" is \[1,2\]/,
  ],
  ['another first task', `${setOne}    Then two should run first\n`, /in the order one/],
  ['another last task', `${setOne}    Then two should run last\n`, /in the order one/],
  ['a task that does not run', `${setOne}    Then two should run after one\n`, /in the order one/],
  ['a task that should not run', `${setOne}    Then one should not run\n`, /in the order one/],
  [
    'a refusal that does not come',
    `${setOne}    Then the definition should be refused because "a"\n`,
    /was accepted/,
  ],
  ['a refusal that nobody expects', workflow('- one: { sett: 1 }'), /definition was refused/],
  [
    'a refusal for another reason',
    `${workflow('- one: { sett: 1 }')}    Then the definition should be refused because "the weather"\n`,
    /reason given is/,
  ],
  ['a timer that is not set', `${setOne}    When the clock moves to the next timer\n`, /No timer is set/],
  [
    'requests that were not sent',
    `${setOne}    Then services.example should receive 1 request\n`,
    /received 0/,
  ],
  [
    'an event that is not in the journal',
    `${setOne}    Then the journal should hold the events:\n      """\n      - { type: task.faulted }\n      """\n`,
    /No \{"type":"task\.faulted"\} follows/,
  ],
  [
    'a task that no person has',
    `${setOne}    When a case-officer completes the task "one" with:\n      """\n      a: 1\n      """\n`,
    /No task "one" waits/,
  ],
];

describe('a scenario', () => {
  it('passes when all its steps hold', async () => {
    expect(await play(`${setOne}    Then the workflow should complete\n`)).toMatchObject({ passed: true });
  });

  it.each(failing)('fails on %s', async (_what, steps, message) => {
    const result = await play(steps);
    expect(result.passed).toBe(false);
    expect(result.failure?.message).toMatch(message);
    expect(result.failure?.line).toBeGreaterThan(2);
  });

  it('fails without steps', async () => {
    expect((await play('    Givven a workflow\n')).failure?.message).toBe('The scenario has no steps.');
  });

  it('leaves nothing behind for the next one', async () => {
    const call = workflow(
      "- one: { call: http, with: { method: get, endpoint: 'https://services.example/flaky/1' } }",
    );
    for (const _time of [1, 2])
      expect(
        await play(
          `${call}    Then the workflow should fault\n    And services.example should receive 1 request\n`,
        ),
      ).toMatchObject({ passed: true });
  });

  it('calls no host but its own', async () => {
    const call = workflow("- one: { call: http, with: { method: get, endpoint: 'https://example.com/' } }");
    expect((await play(`${call}    Then the workflow should complete\n`)).failure?.message).toContain(
      'Calls to example.com:443 are not allowed',
    );
  });
});
