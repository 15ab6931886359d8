import { z } from 'zod';
import type { Json } from '../../contracts/json.js';
import { personRefSchema } from '../../contracts/ids.js';
import { roleSchema, type Role } from '../../contracts/identity.js';
import { addDuration, nameOfKey, pointerOf, standardError } from '../engine/index.js';
import type { CatalogFunction, EffectOutcome } from '../../contracts/catalog-function.js';
import type { DurationValue } from '../../contracts/workflow.js';
import type { HumanTasks } from './human-tasks.js';

/** ISO 8601 or its parts; of `due` also an instant. */
const duration = z.union([
  z.string().min(1),
  z.strictObject({
    days: z.number().optional(),
    hours: z.number().optional(),
    minutes: z.number().optional(),
    seconds: z.number().optional(),
    milliseconds: z.number().optional(),
  }),
]);

const argumentsSchema = z.object({
  title: z.string(),
  role: roleSchema,
  form: z.string(),
  data: z.json().default({}),
  person: personRefSchema.nullish(),
  excludes: z.array(z.string()).default([]),
  due: duration.nullish(),
  /** `after` counts from when the task is opened; `due` is the instant that `due` names. */
  escalate: z.strictObject({ after: duration, to: roleSchema }).nullish(),
});

/** `humanTask:1.0.0@default`: opens work for a person and waits until it is done. */
export function createHumanTaskFunction(tasks: HumanTasks): CatalogFunction {
  return async (args, { effect, origin }) => {
    const parsed = argumentsSchema.safeParse(args);
    const refused = (why: string): EffectOutcome => ({
      kind: 'error',
      error: standardError('configuration', pointerOf(effect.key), `humanTask: ${why}`).error,
    });
    if (!parsed.success) return refused(z.prettifyError(parsed.error));
    const { title, role, form, data, person, excludes, due, escalate } = parsed.data;
    const dueAt = isSaid(due) ? instantOf(due, origin.now) : undefined;
    if (isSaid(due) && dueAt === undefined)
      return refused(`due: ${JSON.stringify(due)} is neither a duration such as P3D nor an instant.`);
    let escalation: { at: string; to: Role } | undefined;
    if (isSaid(escalate)) {
      if (isSaid(person)) return refused('escalate: a task for one person can be done by nobody else.');
      const at = escalate.after === 'due' ? dueAt : instantOf(escalate.after, origin.now);
      if (at === undefined)
        return refused(
          escalate.after === 'due'
            ? 'escalate.after: due, but the task has no due date.'
            : `escalate.after: ${JSON.stringify(escalate.after)} is neither a duration such as P3D, nor due.`,
        );
      escalation = { at, to: escalate.to };
    }
    const done = await tasks.open({
      workspace: origin.run.workspace,
      useCase: origin.run.useCase,
      caseId: origin.run.caseId,
      runId: origin.run.id,
      key: effect.key,
      name: nameOfKey(effect.key),
      title,
      role,
      form,
      data: data,
      excluded: excludes,
      ...(isSaid(person) ? { person } : {}),
      ...(dueAt === undefined ? {} : { due: dueAt }),
      ...(escalation === undefined ? {} : { escalation }),
    });
    return done === undefined ? { kind: 'waiting' } : { kind: 'output', output: done as unknown as Json };
  };
}

function isSaid<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** The instant after a duration from now, or the one that the text names. */
function instantOf(value: DurationValue, now: Date): string | undefined {
  const after = addDuration(now, value);
  if (after !== undefined) return after.toISOString();
  const instant = typeof value === 'string' ? new Date(value) : undefined;
  return instant === undefined || Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}
