import type { AccessRight, DirectoryService } from './directory-service.js';
import type { MatchedOperation } from './ports.js';

export type RightDecision =
  | { readonly kind: 'held'; readonly right: AccessRight }
  /** There was one. `right` is what to grant again. */
  | { readonly kind: 'revoked'; readonly right: AccessRight }
  | { readonly kind: 'none' };

/**
 * The one order in which rights are decided: what the use cases declare, then what the mediator's configuration makes of
 * it, then the changes of access rights on top, which are the last word. The service given is the outcome (`withChanges`).
 *
 * The first declared or configured right that fits client and operation decides; where it was revoked, no later declared one takes
 * its place, since that may allow under a weaker lawful basis what somebody just forbade. A right that was granted while the
 * sandbox runs counts after those.
 */
export function decideRight(service: DirectoryService, client: string, operationId: string): RightDecision {
  const fitting = service.access.filter(
    (right) =>
      right.client === client && (right.operations === undefined || right.operations.includes(operationId)),
  );
  const declared = fitting.find(({ granted }) => granted === undefined);
  if (declared !== undefined && !isRevoked(declared, operationId)) return { kind: 'held', right: declared };
  const granted = fitting.find((right) => right.granted === true && !isRevoked(right, operationId));
  if (granted !== undefined) return { kind: 'held', right: granted };
  const revoked = declared ?? fitting[0];
  return revoked === undefined ? { kind: 'none' } : { kind: 'revoked', right: revoked };
}

/** The right that lets this client call this operation; undefined: no access. */
export function rightFor(
  service: DirectoryService,
  client: string,
  operationId: string,
): AccessRight | undefined {
  const decision = decideRight(service, client, operationId);
  return decision.kind === 'held' ? decision.right : undefined;
}

/** Who may call something of the service, in order. */
export function clientsOf(service: DirectoryService): readonly string[] {
  return [...new Set(service.access.filter(isHeld).map(({ client }) => client))];
}

/** Whether anything is left of the right. */
function isHeld({ operations, revoked }: AccessRight): boolean {
  if (revoked === undefined) return true;
  return revoked !== true && (operations === undefined || operations.some((name) => !revoked.includes(name)));
}

function isRevoked({ revoked }: AccessRight, operationId: string): boolean {
  return revoked === true || (revoked?.includes(operationId) ?? false);
}

/**
 * Whether an operation belongs to the service at all: it lies under the base path, and carries each fixed path
 * parameter with its fixed value. An operation without that parameter would reach beyond the service (another
 * registry of the same block), so it does not belong.
 */
export function belongsTo(service: DirectoryService, operation: MatchedOperation): boolean {
  return Object.entries(service.fixed ?? {}).every(([name, value]) => operation.path[name] === value);
}
