import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ctk } from '../../../cli/commands/ctk.js';

const feature = (output: string): string => `Feature: Greetings & more
  Scenario: It greets
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: test, name: test, version: '1.0.0' }
      do:
        - greet: { set: { greeting: hello } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      greeting: hello
      """
  Scenario: It <says> "more"
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: test, name: test, version: '1.0.0' }
      do:
        - greet: { set: { greeting: hello } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      greeting: ${output}
      """
`;

describe('sandbox ctk', () => {
  let folder = '';
  let printed = '';
  let exitCode: typeof process.exitCode;
  beforeEach(async () => {
    exitCode = process.exitCode;
    process.exitCode = 0;
    folder = await mkdtemp(join(tmpdir(), 'ctk-'));
    printed = '';
    const keep = (text: unknown): boolean => {
      printed += String(text);
      return true;
    };
    jest.spyOn(process.stdout, 'write').mockImplementation(keep);
    jest.spyOn(process.stderr, 'write').mockImplementation(keep);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    process.exitCode = exitCode;
    await rm(folder, { recursive: true });
  });

  it('prints a line for each scenario, and the score', async () => {
    await writeFile(join(folder, 'a.feature'), feature('hello'));
    await ctk(folder, {});
    expect(printed.trim().split('\n')).toEqual([
      '✔ Greetings & more: It greets',
      '✔ Greetings & more: It <says> "more"',
      '2 of 2',
    ]);
    expect(process.exitCode).toBe(0);
  });

  it('says which step failed, and why, also as JSON and as a JUnit report', async () => {
    await writeFile(join(folder, 'a.feature'), feature('bye'));
    const junit = join(folder, 'report.xml');
    await ctk(folder, { json: true, junit });
    expect(process.exitCode).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({
      passed: 1,
      of: 2,
      scenarios: [
        { name: 'It greets', passed: true },
        {
          name: 'It <says> "more"',
          file: 'a.feature',
          passed: false,
          failure: { line: 22, step: 'the workflow should complete with output:' },
        },
      ],
    });
    const report = await readFile(junit, 'utf8');
    expect(report).toContain('<testsuite name="Greetings &amp; more" tests="2" failures="1">');
    expect(report).toContain('name="It &lt;says&gt; &quot;more&quot;"');
    expect(report).toContain('<failure message="The output should be {&quot;greeting&quot;:&quot;bye&quot;}');
  });

  it('plays one scenario by its name', async () => {
    await writeFile(join(folder, 'a.feature'), feature('bye'));
    await ctk(folder, { only: 'It greets' });
    expect(printed).toContain('1 of 1');
    expect(process.exitCode).toBe(0);
  });

  it('exits with 2 when there is nothing to play', async () => {
    await ctk(folder, {});
    expect(process.exitCode).toBe(2);
    expect(printed).toContain(`There are no scenarios in ${folder}`);
    process.exitCode = 0;
    await writeFile(join(folder, 'a.feature'), feature('bye'));
    await ctk(folder, { only: 'It dances' });
    expect(process.exitCode).toBe(2);
    expect(printed).toContain('There are: It greets; It <says> "more".');
  });
});
