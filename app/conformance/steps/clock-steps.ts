import { check } from '../check.js';
import type { StepTable } from './step-table.js';

/** Time, which passes only as told once the clock stands. */
export const clockSteps: StepTable = [
  { pattern: /^the clock stands at (\S+)$/, run: (world, [instant = '']) => world.standClockAt(instant) },
  {
    pattern: /^the clock moves by (\S+)$/,
    run: async (world, [duration = '']) => {
      await (await world.bench()).moveClock({ kind: 'by', duration });
    },
  },
  {
    pattern: /^the clock moves to the next timer$/,
    run: async (world) => {
      check(await (await world.bench()).nextTimer(), 'No timer is set.');
    },
  },
  {
    pattern: /^no timer should be set$/,
    run: async (world) => {
      const timer = await (await world.bench()).timer();
      check(timer === undefined, `A timer is set for ${timer?.due ?? ''}.`);
    },
  },
  {
    pattern: /^the next timer should be due at (\S+)$/,
    run: async (world, [instant = '']) => {
      const timer = await (await world.bench()).timer();
      check(
        timer !== undefined && Date.parse(timer.due) === Date.parse(instant),
        `The next timer is ${timer === undefined ? 'not set' : `due at ${timer.due}`}.`,
      );
    },
  },
  {
    pattern: /^the next timer should be due between (\S+) and (\S+)$/,
    run: async (world, [from = '', to = '']) => {
      const timer = await (await world.bench()).timer();
      const due = timer === undefined ? Number.NaN : Date.parse(timer.due);
      check(
        due >= Date.parse(from) && due <= Date.parse(to),
        `The next timer is ${timer === undefined ? 'not set' : `due at ${timer.due}`}.`,
      );
    },
  },
];
