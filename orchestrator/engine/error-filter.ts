import type { Json } from '../../contracts/json.js';
import { isJsonObject, textOf } from '../../contracts/json.js';
import type { RunError } from '../../contracts/run-event.js';
import type { CatchClause } from '../../contracts/workflow.js';
import type { TaskWork } from './task-work.js';
import { evaluateAt, isTrue, isWrapped } from './variables.js';
import { sameErrorType } from './workflow-error.js';

/** Whether a catch clause takes an error: its filter, then `when`, then `exceptWhen`. OWS DSL 1.0.3, Catch. */
export function catches(work: TaskWork, clause: CatchClause, error: RunError): boolean {
  const { it, place } = work;
  const subject = error as unknown as Json;
  const variables = { ...work.variables('now'), [clause.as ?? 'error']: subject };
  const holds = (program: string): boolean => isTrue(evaluateAt(it, place, program, subject, variables));
  for (const [name, wanted] of Object.entries(clause.errors?.with ?? {})) {
    const value = isWrapped(wanted) ? evaluateAt(it, place, wanted, subject, variables) : wanted;
    if (!agrees(name === 'details' ? 'detail' : name, value, error)) return false;
  }
  if (clause.when !== undefined && !holds(clause.when)) return false;
  return clause.exceptWhen === undefined || !holds(clause.exceptWhen);
}

/** An expression over the error may decide by itself; anything else must equal the error's attribute. */
function agrees(name: string, wanted: Json | undefined, error: RunError): boolean {
  if (typeof wanted === 'boolean') return wanted;
  if (name === 'type' && typeof wanted === 'string') return sameErrorType(wanted, error.type);
  const actual = ({ ...error } as Readonly<Record<string, Json | undefined>>)[name];
  return !isJsonObject(wanted) && !Array.isArray(wanted) && textOf(wanted) === textOf(actual);
}
