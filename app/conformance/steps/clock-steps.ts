import { check } from '../check.js';
import { step, type StepTable } from './step-table.js';

/** Time, which passes only as told once the clock stands. */
export const clockSteps: StepTable = [
  step(/^the clock stands at (\S+)$/, (world, [instant = '']) => world.standClockAt(instant)),
  step(/^the clock moves by (\S+)$/, async (world, [duration = '']) => {
    await (await world.bench()).moveClock({ kind: 'by', duration });
  }),
  step(/^the clock moves to the next timer$/, async (world) => {
    check(await (await world.bench()).nextTimer(), 'No timer is set.');
  }),
  step(/^no timer should be set$/, async (world) => {
    const timer = await (await world.bench()).timer();
    check(timer === undefined, `A timer is set for ${timer?.due ?? ''}.`);
  }),
  step(/^the next timer should be due at (\S+)$/, async (world, [instant = '']) => {
    const timer = await (await world.bench()).timer();
    check(
      timer !== undefined && Date.parse(timer.due) === Date.parse(instant),
      `The next timer is ${timer === undefined ? 'not set' : `due at ${timer.due}`}.`,
    );
  }),
  step(/^the next timer should be due between (\S+) and (\S+)$/, async (world, [from = '', to = '']) => {
    const timer = await (await world.bench()).timer();
    const due = timer === undefined ? Number.NaN : Date.parse(timer.due);
    check(
      due >= Date.parse(from) && due <= Date.parse(to),
      `The next timer is ${timer === undefined ? 'not set' : `due at ${timer.due}`}.`,
    );
  }),
];
