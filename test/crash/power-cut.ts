/**
 * `npm run power-cut`: cuts the power again and again while a cohort of the cash transfer runs, embedded. After each
 * cut the sandbox must start, or go back by itself to a checkpoint and say how much is lost; nobody is paid twice, the
 * message log holds, and what was under way comes to its end. Prints a line per cut and the figures; exits 1 otherwise.
 * Usage: npm run power-cut -- [--times 50] [--seed 1] [--rows 60] [--every 3] [--most 12000]
 */
import { parseArgs } from 'node:util';
import { cutPowerAgainAndAgain } from './power-cuts.js';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    rows: { type: 'string', default: '60' },
    every: { type: 'string', default: '3' },
    most: { type: 'string', default: '12000' },
  },
});
const { figures, good } = await cutPowerAgainAndAgain({
  times: Number(values.times),
  seed: Number(values.seed),
  rows: Number(values.rows),
  everySeconds: Number(values.every),
  life: [300, Number(values.most)],
  say: (line) => void process.stdout.write(`${line}\n`),
});
process.stdout.write(
  `${JSON.stringify(figures, null, 2)}\n${good ? 'As it must be.' : 'NOT as it must be.'}\n`,
);
process.exitCode = good ? 0 : 1;
