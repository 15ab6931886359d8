import type { z } from 'zod';
import type { Json } from '../../../contracts/json.js';
import { OutboundError } from './outbound-error.js';

/** Parses the evaluated `with` of a call; raises `validation` naming each argument that is wrong. */
export function parsed<S extends z.ZodType>(schema: S, args: Json): z.output<S> {
  const result = schema.safeParse(args);
  if (result.success) return result.data;
  const detail = result.error.issues.map(
    ({ path, message }) => `${['with', ...path].map(String).join('.')}: ${message}`,
  );
  throw new OutboundError('validation', detail.join('; '));
}
