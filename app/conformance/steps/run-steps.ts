import { check, checkEqual, valueAt } from '../check.js';
import { yamlOf } from './argument.js';
import { orderOf } from './kit-steps.js';
import { step, type StepTable } from './step-table.js';

/** How the run is told to go on, and how it and other runs stand. */
export const runSteps: StepTable = [
  step(/^the workflow "([^"]+)" is executed$/, (world, [name]) => world.execute(name)),
  step(/^the workflow is deployed$/, async (world) => {
    await (await world.bench()).quiet();
  }),
  step(/^the workflow is (suspended|resumed|cancelled)$/, async (world, [how = '']) => {
    const bench = await world.bench();
    const kind = ({ suspended: 'suspend', resumed: 'resume', cancelled: 'cancel' } as const)[
      how as 'resumed'
    ];
    await bench.tell(world.runId, kind);
  }),
  step(/^the workflow should be (waiting|suspended|cancelled)$/, async (world, [status = '']) => {
    const run = await world.look();
    const error = run.error === undefined ? '' : `: ${JSON.stringify(run.error)}`;
    check(run.status === status, `The workflow should be ${status}, and is ${run.status}${error}.`);
  }),
  step(/^(\S+) should not run$/, async (world, [name = '']) => {
    const order = orderOf((await world.look()).events);
    check(!order.includes(name), `The tasks ran in the order ${order.join(', ')}.`);
  }),
  step(/^(\S+) should run (\d+) times?$/, async (world, [name = '', count]) => {
    const found = orderOf((await world.look()).events).filter((each) => each === name).length;
    check(found === Number(count), `"${name}" ran ${found} times.`);
  }),
  step(/^(\S+) should receive (\d+) requests?$/, (world, [host = '', count]) => {
    const requests = world.parts.hosts.requests(host);
    check(requests.length === Number(count), `It received ${requests.length}: ${requests.join(', ')}.`);
  }),
  step(/^(\S+) should receive the requests:$/, (world, [host = ''], argument) =>
    checkEqual('What it received', [...world.parts.hosts.requests(host)], yamlOf(argument)),
  ),
  step(/^the workflow output should not have an? '([^']+)' property$/, async (world, [path = '']) => {
    const { output } = await world.look();
    check(valueAt(output, path) === undefined, `"${path}" is there: ${JSON.stringify(output)}.`);
  }),
  step(/^the workflow "([^"]+)" should have run (\d+) times?$/, async (world, [name = '', count]) => {
    const runs = await world.runsOf(name);
    check(runs.length === Number(count), `"${name}" ran ${runs.length} times.`);
  }),
  step(/^the last run of "([^"]+)" should complete with output:$/, async (world, [name = ''], argument) => {
    const last = (await world.runsOf(name)).at(-1);
    check(last !== undefined, `"${name}" did not run.`);
    const run = await (await world.bench()).workbench.look(last);
    check(run.status === 'completed', `The last run of "${name}" is ${run.status}.`);
    checkEqual('Its output', run.output, yamlOf(argument));
  }),
];
