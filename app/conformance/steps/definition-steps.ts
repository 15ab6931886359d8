import { check } from '../check.js';
import { objectOf, yamlOf } from './argument.js';
import { step, type StepTable } from './step-table.js';

/** What is given before a workflow runs: further workflows, secrets, forms; and what is refused. */
export const definitionSteps: StepTable = [
  step(/^another workflow with definition:$/, (world, _groups, argument) => {
    check(argument !== undefined, 'The definition stands in a doc string below the step.');
    world.define(argument);
  }),
  step(/^the secret "([^"]+)" is:$/, (world, [name = ''], argument) =>
    world.addSecret(name, yamlOf(argument)),
  ),
  step(/^the file "([^"]+)" is:$/, (world, [path = ''], argument) => {
    check(argument !== undefined, 'What is in the file stands in a doc string below the step.');
    world.addFile(path, argument);
  }),
  step(/^the form "([^"]+)" is:$/, (world, [name = ''], argument) => world.addForm(name, objectOf(argument))),
  step(/^the definition should be refused because "(.+)"$/, (world, [reason = '']) => {
    const detail = world.refusal();
    check(detail.includes(reason), `The reason given is: ${detail}`);
  }),
];
