import { writeFile } from 'node:fs/promises';
import type { ScenarioResult } from '../../app/conformance/run-features.js';
import { junitReport } from '../ctk/junit.js';

export interface CtkOptions {
  readonly json?: boolean;
  readonly only?: string;
  readonly junit?: string;
}

/**
 * `sandbox ctk`: plays the Gherkin features of a folder, such as the specification's conformance kit. Nothing leaves this
 * machine: the public hosts that the kit calls answer here. Exit code 0 when all pass, 1 otherwise, 2 when there is
 * nothing to play.
 */
export async function ctk(folder: string, options: CtkOptions): Promise<void> {
  // Gherkin weighs some megabytes that a sandbox does not need.
  const { openScenarioPlayer, readFeatures } = await import('../../app/conformance/run-features.js');
  const features = await readFeatures(folder);
  const all = features.flatMap((feature) => feature.scenarios);
  const scenarios = all.filter(({ name }) => options.only === undefined || name === options.only);
  if (scenarios.length === 0) {
    nothingToPlay(
      all.length === 0
        ? `There are no scenarios in ${folder}: it holds no files named *.feature, or they are empty.`
        : `There is no scenario "${options.only ?? ''}" in ${folder}. There are: ${all.map(({ name }) => name).join('; ')}.`,
      options,
    );
    return;
  }
  const player = await openScenarioPlayer();
  const results: ScenarioResult[] = [];
  try {
    for (const scenario of scenarios) {
      const result = await player.play(scenario);
      results.push(result);
      if (options.json !== true) process.stdout.write(`${linesOf(result)}\n`);
    }
  } finally {
    await player.close();
  }
  const passed = results.filter((result) => result.passed).length;
  if (options.junit !== undefined) await writeFile(options.junit, junitReport(results));
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ passed, of: results.length, scenarios: results.map(recordOf) })}\n`
      : `${passed} of ${results.length}\n`,
  );
  if (passed < results.length) process.exitCode = 1;
}

function nothingToPlay(detail: string, { json }: CtkOptions): void {
  process.exitCode = 2;
  if (json === true) process.stdout.write(`${JSON.stringify({ error: { detail } })}\n`);
  else process.stderr.write(`${detail}\n→ Give the folder that holds the features.\n`);
}

function linesOf({ scenario, failure }: ScenarioResult): string {
  const line = `${failure === undefined ? '✔' : '✘'} ${scenario.feature}: ${scenario.name}`;
  if (failure === undefined) return line;
  return `${line}\n  ${scenario.file}:${failure.line}: ${failure.step}\n  ${failure.message.replaceAll('\n', '\n  ')}`;
}

function recordOf({ scenario, passed, failure }: ScenarioResult): object {
  const { feature, name, file, line, tags } = scenario;
  return { feature, name, file, line, tags, passed, ...(failure === undefined ? {} : { failure }) };
}
