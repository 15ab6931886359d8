import { z } from 'zod';

/**
 * Branded identifiers. A plain string is not a RunId: the brand is given where the value enters
 * (a parsed path parameter, a stored document) or where it is minted.
 */
const identifier = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

export const workspaceIdSchema = identifier.brand<'WorkspaceId'>();
export const runIdSchema = identifier.brand<'RunId'>();
export const caseIdSchema = identifier.brand<'CaseId'>();
export const taskIdSchema = identifier.brand<'TaskId'>();
/** An opaque reference to a person: never a foundational identifier, a name or a phone number. */
export const personRefSchema = identifier.brand<'PersonRef'>();

export type WorkspaceId = z.infer<typeof workspaceIdSchema>;
export type RunId = z.infer<typeof runIdSchema>;
export type CaseId = z.infer<typeof caseIdSchema>;
export type TaskId = z.infer<typeof taskIdSchema>;
export type PersonRef = z.infer<typeof personRefSchema>;

export const DEFAULT_WORKSPACE = workspaceIdSchema.parse('default');

/** Mints identifiers. Handed in, so that tests and seeded scenarios are repeatable. */
export interface Ids {
  /** A new identifier, unique in this installation, sortable by creation time; `prefix` reads as in `run-…`. */
  next(prefix: string): string;
}
