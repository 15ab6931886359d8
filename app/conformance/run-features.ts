import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEvaluator } from '../../orchestrator/expressions/evaluator.js';
import { createEngineDeps } from '../engine-deps.js';
import { createSchemas } from '../use-case-catalog.js';
import { createLintPorts } from '../validation/lint-ports.js';
import { parseFeature, type Feature, type Scenario } from './feature-file.js';
import { startTestHosts } from './hosts/test-hosts.js';
import { runScenario, type ScenarioResult } from './run-scenario.js';
import { kitSteps } from './steps/kit-steps.js';
import { ownSteps } from './steps/own-steps.js';

export type { ScenarioResult };

/** The features of a folder and those below it, by file name; empty when it has none, or when there is no such folder. */
export async function readFeatures(folder: string): Promise<readonly Feature[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = names.filter((name) => name.endsWith('.feature')).sort();
  return Promise.all(
    files.map(async (name) => parseFeature(await readFile(join(folder, name), 'utf8'), name)),
  );
}

/** Plays scenarios, one at a time: the hosts that they call are shared. */
export interface ScenarioPlayer {
  play(scenario: Scenario): Promise<ScenarioResult>;
  close(): Promise<void>;
}

export async function openScenarioPlayer(): Promise<ScenarioPlayer> {
  const hosts = await startTestHosts();
  const schemas = createSchemas();
  const evaluator = await createEvaluator();
  const engine = await createEngineDeps(schemas.violation, { evaluator });
  const parts = { engine, schemas, hosts, lint: createLintPorts(evaluator) };
  return {
    play: (scenario) => runScenario(scenario, [...kitSteps, ...ownSteps], parts),
    close: () => hosts.close(),
  };
}
