import { SandboxError } from '../../contracts/problems.js';
import { check, StepFailed } from './check.js';
import type { Scenario, Step } from './feature-file.js';
import { ScenarioWorld, type ConformanceParts } from './scenario-world.js';
import type { StepTable } from './steps/step-table.js';

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly passed: boolean;
  /** The step that did not hold, and why. */
  readonly failure?: { readonly step: string; readonly line: number; readonly message: string };
}

/** Plays one scenario. A step that no sentence of the table matches fails it; nothing is skipped in silence. */
export async function runScenario(
  scenario: Scenario,
  table: StepTable,
  parts: ConformanceParts,
): Promise<ScenarioResult> {
  parts.hosts.forget();
  const world = new ScenarioWorld(parts);
  let at: Step | undefined;
  try {
    // A misspelt first keyword makes a description of the steps: what plays nothing proves nothing.
    check(scenario.steps.length > 0, 'The scenario has no steps.');
    for (const step of scenario.steps) {
      at = step;
      await runStep(step, table, world);
    }
    world.checkAccepted();
    return { scenario, passed: true };
  } catch (error) {
    return {
      scenario,
      passed: false,
      failure: { step: at?.text ?? '', line: at?.line ?? scenario.line, message: messageOf(error) },
    };
  } finally {
    await world.close();
  }
}

async function runStep(step: Step, table: StepTable, world: ScenarioWorld): Promise<void> {
  for (const { pattern, run } of table) {
    const match = pattern.exec(step.text);
    if (match === null) continue;
    await run(world, match.slice(1), step.argument);
    return;
  }
  throw new StepFailed(`There is no such step: "${step.text}".`);
}

function messageOf(error: unknown): string {
  if (error instanceof StepFailed) return error.message;
  if (error instanceof SandboxError) return `${error.title}: ${error.detail}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
