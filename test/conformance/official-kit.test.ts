import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { openScenarioPlayer, readFeatures, type ScenarioPlayer } from '../../app/conformance/run-features.js';

/** The specification's own kit lies beside the checkout, or at CTK_DIR, where it lies at all: it is not ours to copy. */
const beside = fileURLToPath(new URL('../../../shared/reference/ctk/', import.meta.url));
const folder = process.env['CTK_DIR'] ?? beside;
const scenarios = (await readFeatures(folder)).flatMap((feature) => feature.scenarios);

if (scenarios.length === 0) {
  it.skip(`the official conformance kit is not at ${folder}`, () => undefined);
} else {
  describe('the official conformance kit', () => {
    let player: ScenarioPlayer;
    beforeAll(async () => {
      player = await openScenarioPlayer();
    });
    afterAll(() => player.close());

    it('has the 21 scenarios that are known', () => {
      expect(scenarios).toHaveLength(21);
    });

    it.each(scenarios.map((scenario) => [`${scenario.feature}: ${scenario.name}`, scenario] as const))(
      '%s',
      async (_name, scenario) => {
        expect((await player.play(scenario)).failure).toBeUndefined();
      },
    );
  });
}
