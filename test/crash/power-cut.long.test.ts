import { expect, it } from '@jest/globals';
import { buildSandbox } from './crash-session.js';
import { cutPowerAgainAndAgain } from './power-cuts.js';

it('comes back from power cuts in the middle of a cohort, and says what is lost', async () => {
  await buildSandbox();
  const lines: string[] = [];
  const { figures, good } = await cutPowerAgainAndAgain({
    times: 2,
    seed: 2026,
    rows: 20,
    everySeconds: 3,
    life: [1_000, 6_000],
    say: (line) => void lines.push(line),
  });
  expect({ figures, good, lines }).toMatchObject({ good: true, figures: { cuts: 2, fellBack: 2 } });
}, 600_000);
