import { isJsonObject, textOf, type JsonObject } from '../../../contracts/json.js';
import type { CloudEvent } from '../../../contracts/run-event.js';
import { check, checkEqual, includes } from '../check.js';
import { listOf, objectOf, yamlOf } from './argument.js';
import { step, type StepTable } from './step-table.js';

/** Events from outside, and what runs sent and journaled. */
export const eventSteps: StepTable = [
  step(/^the event is published:$/, async (world, _groups, argument) => {
    world.published += 1;
    const event = { ...defaults(world.published), ...objectOf(argument) } as JsonObject & CloudEvent;
    await (await world.bench()).publish(event);
  }),
  step(/^the journal should hold the events:$/, async (world, _groups, argument) => {
    const { events } = await world.look();
    let from = 0;
    for (const wanted of listOf(argument)) {
      const at = events.findIndex(
        (event, index) => index >= from && includes(event as unknown as JsonObject, wanted),
      );
      check(
        at >= 0,
        `No ${JSON.stringify(wanted)} follows in ${events.map((event) => labelOf(event as unknown as JsonObject)).join(', ')}.`,
      );
      from = at + 1;
    }
  }),
  step(/^the lifecycle events should be:$/, async (world, _groups, argument) => {
    const events = await (await world.bench()).lifecycleOf(world.runId);
    checkEqual('What the lifecycle tells', events.map(shortOf), listOf(argument));
  }),
  step(/^the lifecycle event "([^"]+)" should say:$/, async (world, [name = ''], argument) => {
    const events = await (await world.bench()).lifecycleOf(world.runId);
    const found = events.find((event) => shortOf(event) === name);
    check(found !== undefined, `The lifecycle tells ${events.map(shortOf).join(', ')}.`);
    check(includes(found, yamlOf(argument)), `It says ${JSON.stringify(found)}.`);
  }),
  step(/^the journal should not hold the event:$/, async (world, _groups, argument) => {
    const { events } = await world.look();
    const wanted = objectOf(argument);
    check(
      !events.some((event) => includes(event as unknown as JsonObject, wanted)),
      `The journal holds ${JSON.stringify(wanted)}.`,
    );
  }),
  step(/^the journal should not mention "([^"]+)"$/, async (world, [text = '']) => {
    const { records } = await world.look();
    check(!JSON.stringify(records).includes(text), `The journal mentions "${text}".`);
  }),
];

/** `workflow started`, or `task started greet`. */
function shortOf({ type, data }: CloudEvent): string {
  const [, subject = '', phase = ''] = /^io\.serverlessworkflow\.([a-z]+)\.([a-z-]+)\.v1$/.exec(type) ?? [];
  const task = isJsonObject(data) ? data['task'] : undefined;
  return [subject, phase, ...(typeof task === 'string' ? [task.split('/').at(-1) ?? ''] : [])].join(' ');
}

/** What an event needs and a scenario seldom cares about. */
function defaults(count: number): JsonObject {
  return { specversion: '1.0', id: `event-${count}`, source: 'https://events.example' };
}

function labelOf(event: JsonObject): string {
  return `${textOf(event['type'])} ${textOf(event['name'])}`.trim();
}
