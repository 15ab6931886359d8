import { z } from 'zod';
import { functionArguments, httpArguments, openapiArguments } from './calls.js';
import { exported, input, output, timeout } from './data-flow.js';
import { errorFilter, errorTemplate, retry } from './errors.js';
import { emittedEvent, eventConsumption, readEvents } from './events.js';
import { duration, json, name, orName, version } from './primitives.js';
import { taskMetadata } from './sandbox-metadata.js';
import { choice, isMapping, kindOfValue, named, shape, type Mistake } from './shape.js';

/* Every task of the language that this sandbox runs. OWS DSL 1.0.3, Tasks. */

const then = z.string().describe('continue, exit, end, or the name of a task beside this one.');
const base = {
  if: z.string().optional().describe('jq: the task is skipped unless it holds.'),
  input: input.optional(),
  output: output.optional(),
  export: exported.optional(),
  timeout: timeout.optional(),
  then: then.optional(),
  metadata: taskMetadata.optional(),
};

/** The task knows the list and the list knows the task; both are asked for late. */
export const task: z.ZodType = choice(
  'task',
  'One task: exactly one of call, do, emit, for, fork, listen, raise, run, set, switch, try, wait, and what all tasks may have.',
  () => [...Object.values(calls), ...Object.values(kinds)],
  (value) => chooseTask(value),
);

const entry = z
  .record(z.string(), task)
  .superRefine((value, context) => {
    const names = Object.keys(value);
    if (names.length === 1) return;
    const mistake: Mistake = {
      diagnostic: 'one-name-each',
      values: { count: String(names.length), names: names.length === 0 ? 'none' : names.join(', ') },
    };
    context.addIssue({ code: 'custom', message: 'one name each', params: { mistake } });
  })
  .meta({ minProperties: 1, maxProperties: 1, description: 'The name of the task, and the task.' });

export const taskList = z.array(entry).min(1).describe('Tasks in order, each with its name.');
named.add(taskList, { id: 'taskList' });

const calls = {
  http: shape('callHttp', 'Calls an address by HTTP, past the information mediator.', {
    ...base,
    call: z.literal('http'),
    with: httpArguments,
  }),
  openapi: shape('callOpenapi', 'Calls an operation of a building block.', {
    ...base,
    call: z.literal('openapi'),
    with: openapiArguments,
  }),
  function: shape('callFunction', 'Calls one of use.functions, or name:version@catalog.', {
    ...base,
    call: z
      .string()
      .min(1)
      .meta({
        description: 'One of use.functions, or such as humanTask:1.0.0@default or moveCase:1.0.0@default.',
        not: { enum: ['http', 'openapi', 'asyncapi', 'grpc', 'a2a', 'mcp'] },
      }),
    with: functionArguments.optional(),
  }),
};

const iterator = shape('foreach', 'What to do with each event as it comes.', {
  item: z.string().optional().describe('Variable of the event; item when absent.'),
  at: z.string().optional().describe('Variable of its index; index when absent.'),
  do: taskList.optional(),
  output: output.optional(),
  export: exported.optional(),
});

const switchCase = shape('switchCase', 'Where to go, and when.', {
  when: z.string().optional().describe('jq; a case without it takes everything.'),
  then,
});

const workflowToRun = shape('workflowToRun', 'Another workflow of the same use case.', {
  namespace: name,
  name,
  version: choice(
    'versionOrLatest',
    'latest, or a semantic version.',
    () => [z.literal('latest'), version],
    (value) => (value === 'latest' ? z.literal('latest') : version),
  ),
  input: json.optional().describe('A template of expressions.'),
});

const kinds = {
  emit: shape('emit', 'Publishes an event.', {
    ...base,
    emit: shape('emitted', 'The event.', {
      event: shape('emittedEvent', 'The event.', { with: emittedEvent }),
    }),
  }),
  for: shape('for', 'Does its tasks for each item of a collection.', {
    ...base,
    for: shape('forEach', 'The collection, and the names of the variables.', {
      each: z.string().optional().describe('Variable of the item; item when absent.'),
      in: choice(
        'collection',
        'jq that gives an array, or the array itself.',
        () => [z.string(), z.array(json)],
        (value) =>
          typeof value === 'string'
            ? z.string()
            : Array.isArray(value)
              ? z.array(json)
              : {
                  diagnostic: 'wrong-type',
                  values: { expected: 'an expression or a list', found: kindOfValue(value) },
                },
      ),
      at: z.string().optional().describe('Variable of its index; index when absent.'),
    }),
    while: z.string().optional().describe('jq: goes on only as long as it holds.'),
    do: taskList,
  }),
  fork: shape('fork', 'Does several tasks side by side.', {
    ...base,
    fork: shape('branches', 'The branches.', {
      branches: taskList,
      compete: z.boolean().optional().describe('The first to end wins; the others are given up.'),
    }),
  }),
  listen: shape('listen', 'Waits for events.', {
    ...base,
    listen: shape('listenTo', 'Which events, and how they are read.', {
      to: eventConsumption,
      read: readEvents.optional(),
    }),
    foreach: iterator.optional(),
  }),
  raise: shape('raise', 'Faults with an error.', {
    ...base,
    raise: shape('raised', 'The error.', {
      error: orName('raisedError', 'An error, or the name of one of use.errors.', errorTemplate),
    }),
  }),
  run: shape('run', 'Runs another workflow.', {
    ...base,
    run: shape('runWorkflow', 'What to run.', {
      workflow: workflowToRun,
      await: z.boolean().optional().describe('Whether to wait for its end; true when absent.'),
      return: z.enum(['stdout', 'stderr', 'code', 'all', 'none']).optional(),
    }),
  }),
  set: shape('set', 'Gives back data.', {
    ...base,
    set: json
      .refine((value) => isMapping(value) || typeof value === 'string', {
        error: 'an object, or one runtime expression as text',
      })
      .refine((value) => !isMapping(value) || Object.keys(value).length > 0, {
        error: 'at least one property',
      })
      .meta({ type: ['object', 'string'], minProperties: 1 }),
  }),
  switch: shape('switch', 'Decides where to go on.', {
    ...base,
    switch: z
      .array(
        z
          .record(z.string(), switchCase)
          .refine((value) => Object.keys(value).length === 1, { error: 'exactly one name' })
          .meta({ minProperties: 1, maxProperties: 1 }),
      )
      .min(1),
  }),
  try: shape('try', 'Tries its tasks, and catches what goes wrong.', {
    ...base,
    try: taskList,
    catch: shape('catch', 'Which errors are caught, and what is done about them.', {
      errors: shape('caughtErrors', 'Only these.', { with: errorFilter.optional() }).optional(),
      as: z.string().optional().describe('Variable of the error; error when absent.'),
      when: z.string().optional().describe('jq over the error: only if it holds.'),
      exceptWhen: z.string().optional().describe('jq over the error: not if it holds.'),
      retry: retry.optional(),
      do: taskList.optional(),
      then: then.optional(),
    }),
  }),
  wait: shape('wait', 'Lets time pass on the clock of the workspace.', { ...base, wait: duration }),
  do: shape('do', 'Does its tasks one after the other.', { ...base, do: taskList }),
};

const kindNames = ['call', ...Object.keys(kinds)];
/** Keys that decide a kind, and stand as parts in others: `for` has a `do`. */
const partOf: Readonly<Record<string, readonly string[]>> = { for: ['do'] };

function chooseTask(value: unknown): z.ZodType | Mistake {
  const expected = `a task, with one of ${[...kindNames].sort().join(', ')}`;
  if (!isMapping(value)) return { diagnostic: 'wrong-type', values: { expected, found: kindOfValue(value) } };
  const found = kindNames.filter((kind) => Object.hasOwn(value, kind));
  const [first] = found.filter((kind) => !found.some((other) => partOf[other]?.includes(kind)));
  if (first === undefined)
    return {
      diagnostic: 'not-a-choice',
      values: { expected, names: Object.keys(value).join(' '), known: kindNames.join(' ') },
    };
  const several = found.filter((kind) => kind !== first && !partOf[first]?.includes(kind));
  if (several.length > 0)
    return { diagnostic: 'several-choices', values: { found: [first, ...several].join(', ') } };
  if (first !== 'call') return kinds[first as keyof typeof kinds];
  const { call } = value;
  return call === 'http' || call === 'openapi' ? calls[call] : calls.function;
}
