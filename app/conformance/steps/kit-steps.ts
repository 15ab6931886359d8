import { isJsonObject } from '../../../contracts/json.js';
import type { RunEvent } from '../../../contracts/run-event.js';
import type { RunError } from '../../../contracts/run-event.js';
import { sameErrorType } from '../../../orchestrator/engine/index.js';
import { check, checkEqual, includes, valueAt } from '../check.js';
import type { ScenarioWorld } from '../scenario-world.js';
import { objectOf, yamlOf } from './argument.js';
import { step, type StepTable } from './step-table.js';

/** The sentences of the specification's conformance kit. */
export const kitSteps: StepTable = [
  step(/^a workflow with definition:$/, (world, _groups, argument) => {
    check(argument !== undefined, 'The definition stands in a doc string below the step.');
    world.define(argument);
  }),
  step(/^(?:given )?the workflow input is:$/, (world, _groups, argument) => {
    world.input = yamlOf(argument);
  }),
  step(/^the workflow is executed$/, (world) => world.execute()),
  step(/^the workflow should complete$/, shouldComplete),
  step(/^the workflow should complete with output:$/, async (world, _groups, argument) => {
    await shouldComplete(world);
    checkEqual('The output', (await world.look()).output, yamlOf(argument));
  }),
  step(/^the workflow should fault$/, async (world) => {
    await faultOf(world);
  }),
  step(/^the workflow should fault with error:$/, async (world, _groups, argument) => {
    const { type, ...others } = objectOf(argument);
    const error = await faultOf(world);
    const holds =
      (type === undefined || (typeof type === 'string' && sameErrorType(type, error.type))) &&
      includes({ ...error }, others);
    check(holds, `The error is ${JSON.stringify(error)}.`);
  }),
  step(
    /^the workflow output should have an? '([^']+)' property containing (\d+) items?$/,
    async (world, [path = '', count]) => {
      const value = valueAt((await world.look()).output, path);
      const size = Array.isArray(value)
        ? value.length
        : isJsonObject(value)
          ? Object.keys(value).length
          : undefined;
      check(size === Number(count), `"${path}" is ${JSON.stringify(value)}.`);
    },
  ),
  step(
    /^the workflow output should have propert(?:y|ies) ((?:'[^']+'(?:, *)?)+)$/,
    async (world, [list = '']) => {
      const { output } = await world.look();
      for (const [, path = ''] of list.matchAll(/'([^']+)'/g))
        check(valueAt(output, path) !== undefined, `There is no "${path}" in ${JSON.stringify(output)}.`);
    },
  ),
  step(
    /^the workflow output should have an? '([^']+)' property with value:$/,
    async (world, [path = ''], argument) => {
      checkEqual(`"${path}"`, valueAt((await world.look()).output, path), yamlOf(argument));
    },
  ),
  step(/^(\S+) should run first$/, async (world, [name = '']) => {
    const order = orderOf((await world.look()).events);
    check(order[0] === name, `The tasks ran in the order ${order.join(', ')}.`);
  }),
  step(/^(\S+) should run last$/, async (world, [name = '']) => {
    const order = orderOf((await world.look()).events);
    check(order.at(-1) === name, `The tasks ran in the order ${order.join(', ')}.`);
  }),
  step(/^(\S+) should run after (\S+)$/, async (world, [name = '', earlier = '']) => {
    const order = orderOf((await world.look()).events);
    const before = order.indexOf(earlier);
    check(
      before >= 0 && order.indexOf(name, before) > before,
      `The tasks ran in the order ${order.join(', ')}.`,
    );
  }),
];

async function shouldComplete(world: ScenarioWorld): Promise<void> {
  const { status, error } = await world.look();
  const why = error === undefined ? '' : `: ${JSON.stringify(error)}`;
  check(status === 'completed', `The workflow should complete, and is ${status}${why}.`);
}

async function faultOf(world: ScenarioWorld): Promise<RunError> {
  const { status, error, output } = await world.look();
  check(
    status === 'faulted' && error !== undefined,
    `The workflow should fault, and is ${status} with the output ${JSON.stringify(output)}.`,
  );
  return error;
}

/** The tasks in the order in which they began. Some are journaled only when they end: nothing lies between for them. */
export function orderOf(events: readonly RunEvent[]): readonly string[] {
  const begun = new Set<string>();
  const order: string[] = [];
  for (const event of events) {
    if (!('name' in event) || !('kind' in event) || event.type === 'task.skipped') continue;
    if (begun.has(event.key)) continue;
    begun.add(event.key);
    order.push(event.name);
  }
  return order;
}
