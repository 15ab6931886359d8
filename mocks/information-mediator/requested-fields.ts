import type { BlockRequest } from '../../contracts/block.js';
import { valueOf } from './headers.js';
import type { MatchedOperation } from './ports.js';

export const FIELDS_HEADER = 'x-sandbox-fields';

/**
 * The fields that a request asks for: those in `X-Sandbox-Fields` (comma-separated) and the one that the path names
 * (`readValue/{field}.{ext}`). Nothing named means everything, which is `*`.
 */
export function requestedFields(request: BlockRequest, operation: MatchedOperation): readonly string[] {
  const named = (valueOf(request.headers, FIELDS_HEADER) ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const { field } = operation.path;
  const fields = [...new Set(field === undefined ? named : [...named, field])];
  return fields.length === 0 ? ['*'] : fields;
}

/** Requested fields that the consented ones do not cover. `child` covers `child.birthDate`; nothing covers `*`. */
export function uncoveredFields(
  requested: readonly string[],
  consented: readonly string[],
): readonly string[] {
  return requested.filter(
    (field) => field === '*' || !consented.some((name) => field === name || field.startsWith(`${name}.`)),
  );
}
