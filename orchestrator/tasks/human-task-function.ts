import { z } from 'zod';
import type { Json } from '../../contracts/json.js';
import { personRefSchema } from '../../contracts/ids.js';
import { roleSchema } from '../../contracts/identity.js';
import { addDuration, nameOfKey, pointerOf, standardError } from '../engine/index.js';
import type { CatalogFunction } from '../../contracts/catalog-function.js';
import type { HumanTasks } from './human-tasks.js';

const argumentsSchema = z.object({
  title: z.string(),
  role: roleSchema,
  form: z.string(),
  data: z.json().default({}),
  person: personRefSchema.nullish(),
  excludes: z.array(z.string()).default([]),
  due: z.string().nullish(),
});

/** `humanTask:1.0.0@default`: opens work for a person and waits until it is done. */
export function createHumanTaskFunction(tasks: HumanTasks): CatalogFunction {
  return async (args, { effect, origin }) => {
    const parsed = argumentsSchema.safeParse(args);
    const pointer = pointerOf(effect.key);
    if (!parsed.success) {
      return {
        kind: 'error',
        error: standardError('configuration', pointer, `humanTask: ${z.prettifyError(parsed.error)}`).error,
      };
    }
    const { title, role, form, data, person, excludes, due } = parsed.data;
    const dueAt =
      due === undefined || due === null ? undefined : (addDuration(origin.now, due)?.toISOString() ?? due);
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
      ...(person === undefined || person === null ? {} : { person }),
      ...(dueAt === undefined ? {} : { due: dueAt }),
    });
    return done === undefined ? { kind: 'waiting' } : { kind: 'output', output: done as unknown as Json };
  };
}
