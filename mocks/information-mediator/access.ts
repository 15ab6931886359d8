import type { AccessRight, DirectoryService } from './directory-service.js';
import type { MatchedOperation } from './ports.js';

/** The first right that fits client and operation decides; undefined: no access. */
export function rightFor(
  service: DirectoryService,
  client: string,
  operationId: string,
): AccessRight | undefined {
  return service.access.find(
    (right) =>
      right.client === client && (right.operations === undefined || right.operations.includes(operationId)),
  );
}

/**
 * Whether an operation belongs to the service at all: it lies under the base path, and carries each fixed path
 * parameter with its fixed value. An operation without that parameter would reach beyond the service (another
 * registry of the same block), so it does not belong.
 */
export function belongsTo(service: DirectoryService, operation: MatchedOperation): boolean {
  return Object.entries(service.fixed ?? {}).every(([name, value]) => operation.path[name] === value);
}
