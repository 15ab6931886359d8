import { z } from 'zod';

/**
 * The shape of a workflow document, in our own words: Open Workflow Specification DSL 1.0.3, as far as this
 * sandbox runs it. What the language has and this sandbox refuses is caught before, with its reason (refused-tasks.ts).
 */
const name = z
  .string()
  .regex(/^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/, 'letters, digits and inner hyphens, at most 63');
const semver = z.string().regex(/^\d+\.\d+\.\d+(?:[-+].+)?$/, 'a semantic version such as 1.0.0');
const json = z.json();
const jsonObject = z.record(z.string(), json);

const dataFlow = (member: 'from' | 'as') =>
  z.strictObject({
    schema: z.strictObject({ format: z.string().optional(), document: jsonObject.optional() }).optional(),
    [member]: json.optional(),
  });

const durationParts = z.strictObject({
  days: z.number().optional(),
  hours: z.number().optional(),
  minutes: z.number().optional(),
  seconds: z.number().optional(),
  milliseconds: z.number().optional(),
});
const duration = z.union([z.string().min(1), durationParts]);
const timeout = z.union([z.string().min(1), z.strictObject({ after: duration })]);

const errorTemplate = z.strictObject({
  type: z.string(),
  status: z.union([z.int(), z.string()]),
  title: z.string().optional(),
  detail: z.string().optional(),
  instance: z.string().optional(),
});

const retryPolicy = z.strictObject({
  when: z.string().optional(),
  exceptWhen: z.string().optional(),
  delay: duration.optional(),
  backoff: z
    .strictObject({
      constant: jsonObject.optional(),
      linear: jsonObject.optional(),
      exponential: jsonObject.optional(),
    })
    .optional(),
  limit: z
    .strictObject({
      attempt: z.strictObject({ count: z.int().optional(), duration: duration.optional() }).optional(),
      duration: duration.optional(),
    })
    .optional(),
  jitter: z.strictObject({ from: duration, to: duration }).optional(),
});

/** What this sandbox adds to the language: contracts/workflow-tasks.ts, SandboxMetadata. */
const sandboxMetadata = z.strictObject({
  step: z.string().min(1).optional(),
  narration: z.string().min(1).optional(),
  concurrency: z.int().min(1).max(1000).optional(),
  onItemError: z.enum(['stop', 'collect']).optional(),
  compensate: z.string().min(1).optional(),
  unclear: z
    .strictObject({
      ask: z.strictObject({ operationId: z.string().min(1), parameters: jsonObject.optional() }),
      found: z.string().min(1),
      as: z.string().min(1),
    })
    .optional(),
  once: z.boolean().optional(),
});

const base = {
  if: z.string().optional(),
  input: dataFlow('from').optional(),
  output: dataFlow('as').optional(),
  export: dataFlow('as').optional(),
  timeout: timeout.optional(),
  then: z.string().optional(),
  metadata: z.looseObject({ sandbox: sandboxMetadata.optional() }).optional(),
};

const eventFilter = z.strictObject({ with: jsonObject.optional() });

const taskList: z.ZodType = z.lazy(() =>
  z
    .array(
      z
        .record(z.string().min(1), task)
        .refine((entry) => Object.keys(entry).length === 1, { message: 'each entry names exactly one task' }),
    )
    .min(1),
);

const kinds = {
  call: z.strictObject({ ...base, call: z.string().min(1), with: jsonObject.optional() }),
  emit: z.strictObject({ ...base, emit: z.strictObject({ event: z.strictObject({ with: jsonObject }) }) }),
  for: z.strictObject({
    ...base,
    for: z.strictObject({
      each: z.string().optional(),
      in: z.union([z.string(), z.array(json)]),
      at: z.string().optional(),
    }),
    while: z.string().optional(),
    do: taskList,
  }),
  fork: z.strictObject({
    ...base,
    fork: z.strictObject({ branches: taskList, compete: z.boolean().optional() }),
  }),
  listen: z.strictObject({
    ...base,
    listen: z.strictObject({
      to: z.union([
        z.strictObject({ one: eventFilter }),
        z.strictObject({ any: z.array(eventFilter) }),
        z.strictObject({ all: z.array(eventFilter) }),
      ]),
      read: z.enum(['data', 'envelope', 'raw']).optional(),
    }),
  }),
  raise: z.strictObject({ ...base, raise: z.strictObject({ error: z.union([z.string(), errorTemplate]) }) }),
  run: z.strictObject({
    ...base,
    run: z.strictObject({
      workflow: z.strictObject({ namespace: name, name, version: z.string(), input: json.optional() }),
      await: z.boolean().optional(),
    }),
  }),
  set: z.strictObject({ ...base, set: json }),
  switch: z.strictObject({
    ...base,
    switch: z
      .array(z.record(z.string(), z.strictObject({ when: z.string().optional(), then: z.string() })))
      .min(1),
  }),
  try: z.strictObject({
    ...base,
    try: taskList,
    catch: z.strictObject({
      errors: z.strictObject({ with: jsonObject.optional() }).optional(),
      as: z.string().optional(),
      when: z.string().optional(),
      exceptWhen: z.string().optional(),
      retry: z.union([z.string(), retryPolicy]).optional(),
      do: taskList.optional(),
      then: z.string().optional(),
    }),
  }),
  wait: z.strictObject({ ...base, wait: duration }),
  do: z.strictObject({ ...base, do: taskList }),
};

/** The kind decides which schema a task is held against, so that a mistake is reported where it is made. */
const task: z.ZodType = z.unknown().superRefine((value, context) => {
  const found = Object.keys(kinds).find(
    (kind) => typeof value === 'object' && value !== null && kind in value,
  );
  if (found === undefined) {
    context.addIssue({ code: 'custom', message: `not a task: give one of ${Object.keys(kinds).join(', ')}` });
    return;
  }
  const parsed = kinds[found as keyof typeof kinds].safeParse(value);
  for (const issue of parsed.error?.issues ?? []) {
    context.addIssue({ code: 'custom', message: issue.message, path: issue.path });
  }
});

export const documentSchema = z.strictObject({
  document: z.strictObject({
    dsl: z.string().regex(/^1\.0\.\d+$/, 'this sandbox runs the DSL 1.0.x'),
    namespace: name,
    name,
    version: semver,
    title: z.string().optional(),
    summary: z.string().optional(),
    tags: jsonObject.optional(),
    metadata: jsonObject.optional(),
  }),
  input: dataFlow('from').optional(),
  use: z
    .strictObject({
      errors: z.record(z.string(), errorTemplate).optional(),
      functions: z.record(z.string(), task).optional(),
      retries: z.record(z.string(), retryPolicy).optional(),
      timeouts: z.record(z.string(), z.strictObject({ after: duration })).optional(),
      catalogs: z.record(z.string(), jsonObject).optional(),
    })
    .optional(),
  do: taskList,
  timeout: timeout.optional(),
  output: dataFlow('as').optional(),
  evaluate: z
    .strictObject({ language: z.literal('jq').optional(), mode: z.enum(['strict', 'loose']).optional() })
    .optional(),
});
