import type { z } from 'zod';
import { SandboxError } from '../../contracts/problems.js';

/** Parses what came from outside; GSB-REQ-001 naming each field and why. */
export function parse<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({
    pointer: `/${path.map(String).join('/')}`,
    message,
  }));
  throw new SandboxError('GSB-REQ-001', {
    detail: `${what}: ${errors.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ')}`,
    extensions: { errors },
  });
}
