import { roleSchema } from '../../../contracts/identity.js';
import { SandboxError } from '../../../contracts/problems.js';
import { check } from '../check.js';
import { yamlOf } from './argument.js';
import { step, type StepTable } from './step-table.js';

/** People who do their tasks. */
export const personSteps: StepTable = [
  step(/^an? ([a-z-]+) completes the task "([^"]+)" with:$/, async (world, [role, name = ''], argument) => {
    await (await world.bench()).completeTask(name, roleSchema.parse(role), yamlOf(argument));
  }),
  step(
    /^an? ([a-z-]+) should not be able to complete the task "([^"]+)" with:$/,
    async (world, [role, name = ''], argument) => {
      const bench = await world.bench();
      const refused = await bench.completeTask(name, roleSchema.parse(role), yamlOf(argument)).then(
        () => false,
        (error: unknown) => {
          if (!(error instanceof SandboxError)) throw error;
          return true;
        },
      );
      check(refused, `The task "${name}" was completed.`);
    },
  ),
  step(/^the task "([^"]+)" should wait for a person$/, async (world, [name = '']) => {
    check(await (await world.bench()).hasTask(name), `No task "${name}" waits for a person.`);
  }),
  step(/^no task should wait for a person$/, async (world) => {
    check(!(await (await world.bench()).hasTask()), 'A task waits for a person.');
  }),
];
