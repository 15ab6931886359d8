import { describe, expect, it } from '@jest/globals';
import { parseFeature } from '../../../app/conformance/feature-file.js';
import { SandboxError } from '../../../contracts/problems.js';

const parse = (text: string): ReturnType<typeof parseFeature> => parseFeature(text, 'some.feature');

describe('features', () => {
  it('keep a step that repeats its keyword, a step right below a doc string, and need no last line break', () => {
    const { scenarios } = parse(`Feature: Some
  # about all
  Scenario: One
    # about one
    Given a workflow with definition:
    """yaml
    do: [] # about nothing
      deeper: 1
    """
    And given the workflow input is:
    """yaml
    a: 1
    """
    When the workflow is executed`);
    expect(scenarios).toMatchObject([
      {
        feature: 'Some',
        name: 'One',
        file: 'some.feature',
        line: 3,
        steps: [
          {
            text: 'a workflow with definition:',
            line: 5,
            argument: 'do: [] # about nothing\n  deeper: 1',
          },
          { text: 'given the workflow input is:', line: 10, argument: 'a: 1' },
          { text: 'the workflow is executed', line: 14 },
        ],
      },
    ]);
  });

  it('put the background before each scenario, and make a scenario of each example', () => {
    const { scenarios } = parse(`@feature(a.b)
Feature: Some
  Background:
    Given first
  @negative
  Scenario Outline: It is <what>
    Then it is:
      """
      <what>
      """
    Examples:
      | what |
      | one  |
      | two  |
`);
    expect(scenarios.map(({ name }) => name)).toEqual(['It is one', 'It is two']);
    expect(scenarios[1]).toMatchObject({
      tags: ['@feature(a.b)', '@negative'],
      line: 14,
      steps: [{ text: 'first' }, { text: 'it is:', argument: 'two' }],
    });
  });

  it('say where they cannot be read', () => {
    const misspelt = 'Feature: Some\n  Scenario: One\n    Given a\n    Thhen b\n';
    expect(() => parse(misspelt)).toThrow(SandboxError);
    expect(() => parse(misspelt)).toThrow(/some\.feature: .*4:5/s);
  });

  it('without a scenario are empty', () => {
    expect(parse('').scenarios).toEqual([]);
    expect(parse('Feature: Some\n').scenarios).toEqual([]);
  });
});
