import type { BlockRequest } from '../../contracts/block.js';
import type { DirectoryService } from './directory-service.js';
import { valueAt } from './json-pointer.js';
import type { MatchedOperation } from './ports.js';
import { requestedFields } from './requested-fields.js';

/** The single person whom the request names at the pointer into `{path, query, body}`. */
export function subjectAt(
  request: BlockRequest,
  operation: MatchedOperation,
  pointer: string,
): string | undefined {
  const value = valueAt({ path: operation.path, query: request.query, body: request.body ?? null }, pointer);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/**
 * The person whom a call is about, whoever calls: where a right of the service for this operation says that the person
 * stands. So an attempt that is refused for want of a right is still known to be about somebody.
 */
export function personIn(
  service: DirectoryService,
  operation: MatchedOperation,
  request: BlockRequest,
): string | undefined {
  for (const { operations, basis } of service.access) {
    const covers = operations === undefined || operations.includes(operation.operationId);
    if (!covers || basis.kind === 'not-personal' || basis.subjectAt === undefined) continue;
    const subject = subjectAt(request, operation, basis.subjectAt);
    if (subject !== undefined) return subject;
  }
  return undefined;
}

/** What a call asks for, for the public part of the message log: `*` is everything. What is no field name stays out. */
export function fieldsForLog(request: BlockRequest, operation: MatchedOperation): readonly string[] {
  return requestedFields(request, operation).map(shownField);
}

/** A field as it may be shown to everybody: it came from outside and could be anything. */
export function shownField(field: string): string {
  return field === '*' || /^[A-Za-z_][\w.-]{0,59}$/.test(field) ? field : '(not a field name)';
}
