import { z } from 'zod';
import { json, orExpression, uriOrExpression } from './primitives.js';
import { byKey, choice, isMapping, kindOfValue, shape, text } from './shape.js';

/* CloudEvents 1.0 as the language speaks of them. OWS DSL 1.0.3, Event, Event Consumption Strategy. */

const instant = text(
  'instant',
  'an instant such as 2026-01-05T09:00:00Z',
  (value) => z.iso.datetime({ offset: true }).safeParse(value).success,
  { format: 'date-time' },
);

const attributes = {
  id: z.string().optional(),
  source: uriOrExpression.optional(),
  type: z.string().optional().describe('What happened, such as org.govstack.case.consent-given.'),
  time: orExpression('time', 'An instant, or an expression that gives one.', instant).optional(),
  subject: z.string().optional(),
  datacontenttype: z.string().optional(),
  dataschema: uriOrExpression.optional(),
  data: json.optional(),
};

export const emittedEvent = z.looseObject({
  ...attributes,
  type: z.string().describe('What happened, such as org.govstack.case.consent-given.'),
});

const wantedAttributes = z
  .looseObject(attributes)
  .refine((value) => Object.keys(value).length > 0, { error: 'at least one attribute' })
  .meta({ minProperties: 1 });

const correlation = shape('correlation', 'Ties an event to this run.', {
  from: z.string().describe('jq over the event: the value that identifies it.'),
  expect: z
    .string()
    .optional()
    .describe('What that value must be; the first event decides when this is absent.'),
});

const eventFilter = shape('eventFilter', 'Which events count.', {
  with: wantedAttributes.describe('Attributes by value, or by an expression over them.'),
  correlate: z.record(z.string(), correlation).optional(),
});

const one = shape('oneEvent', 'Waits for one event.', { one: eventFilter });
const all = shape('allEvents', 'Waits for one event of each.', { all: z.array(eventFilter) });
const anyWithoutEnd = shape('anyEventOnce', 'Waits for any of these.', { any: z.array(eventFilter) });

const ending = { one, any: anyWithoutEnd, all };
const until = choice(
  'until',
  'When to stop taking events: an expression, or the events that end it.',
  () => [z.string(), ...Object.values(ending)],
  (value) =>
    typeof value === 'string'
      ? z.string()
      : isMapping(value)
        ? byKey(() => ending, 'one, any or all')(value)
        : {
            diagnostic: 'wrong-type',
            values: { expected: 'an expression, or one of one, any, all', found: kindOfValue(value) },
          },
);
const any = shape('anyEvent', 'Waits for any of these; an empty list takes every event.', {
  any: z.array(eventFilter),
  until: until.optional(),
});

const strategies = { one, any, all };
export const eventConsumption = choice(
  'eventConsumption',
  'Which events are waited for: exactly one of one, any, all.',
  () => Object.values(strategies),
  byKey(() => strategies, 'one of one, any, all'),
);

export const readEvents = z
  .enum(['data', 'envelope', 'raw'])
  .describe('What becomes of each event: its data, the whole event, or the data as it came.');
