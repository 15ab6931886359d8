import { check } from '../check.js';
import { objectOf, yamlOf } from './argument.js';
import type { StepTable } from './step-table.js';

/** What is given before a workflow runs: further workflows, secrets, forms; and what is refused. */
export const definitionSteps: StepTable = [
  {
    pattern: /^another workflow with definition:$/,
    run: (world, _groups, argument) => {
      check(argument !== undefined, 'The definition stands in a doc string below the step.');
      world.define(argument);
    },
  },
  {
    pattern: /^the secret "([^"]+)" is:$/,
    run: (world, [name = ''], argument) => world.addSecret(name, yamlOf(argument)),
  },
  {
    pattern: /^the file "([^"]+)" is:$/,
    run: (world, [path = ''], argument) => {
      check(argument !== undefined, 'What is in the file stands in a doc string below the step.');
      world.addFile(path, argument);
    },
  },
  {
    pattern: /^the form "([^"]+)" is:$/,
    run: (world, [name = ''], argument) => world.addForm(name, objectOf(argument)),
  },
  {
    pattern: /^the definition should be refused because "(.+)"$/,
    run: (world, [reason = '']) => {
      const detail = world.refusal();
      check(detail.includes(reason), `The reason given is: ${detail}`);
    },
  },
];
