import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { openScenarioPlayer, readFeatures, type ScenarioPlayer } from '../../app/conformance/run-features.js';

const features = await readFeatures(fileURLToPath(new URL('./', import.meta.url)));

let player: ScenarioPlayer;
beforeAll(async () => {
  player = await openScenarioPlayer();
});
afterAll(() => player.close());

describe.each(features.map((feature) => [feature.name, feature] as const))('%s', (_name, { scenarios }) => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', async (_title, scenario) => {
    const { failure } = await player.play(scenario);
    // What the sandbox cannot do yet is told as such. Once it can, the tag has to go.
    if (scenario.tags.includes('@open')) expect(failure).toBeDefined();
    else expect(failure).toBeUndefined();
  });
});
