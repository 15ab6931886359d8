import type { Document } from '../../contracts/documents.js';
import type { LawfulBasis } from '../../contracts/use-case.js';
import type { AccessRight, DirectoryService } from './directory-service.js';
import { rightId } from './right-id.js';

/** How a right differs in a workspace from what use cases declare and the configuration says; `_id` is `<workspace>/<right>`. */
export interface RightChange extends Document {
  readonly right: string;
  /** Present where the right was granted while the sandbox ran: all of it. */
  readonly granted?: {
    readonly client: string;
    readonly service: string;
    readonly operations?: readonly string[];
    readonly basis: LawfulBasis;
  };
  /** Absent: it is held, whatever the configuration says. */
  readonly revoked?: true | readonly string[];
  /** Instant of the workspace clock. */
  readonly since: string;
  /** The user name of the person who did it. */
  readonly by: string;
  readonly why?: string;
}

/**
 * The service with its rights as they stand: those of the configured directory by their place, then those granted since. A
 * change is the last word on its right.
 */
export function withChanges(
  service: DirectoryService,
  changes: ReadonlyMap<string, RightChange>,
): DirectoryService {
  const counts = new Map<string, number>();
  const configured = service.access.map(({ revoked, ...right }): AccessRight => {
    const position = (counts.get(right.client) ?? 0) + 1;
    counts.set(right.client, position);
    const id = rightId(right.client, service.id, position);
    return { ...right, id, ...revocation(changes.has(id) ? changes.get(id)?.revoked : revoked) };
  });
  const granted = [...changes.values()].flatMap(({ right: id, granted: right, revoked }): AccessRight[] => {
    if (right?.service !== service.id) return [];
    const { client, basis, operations } = right;
    return [
      {
        client,
        basis,
        ...(operations === undefined ? {} : { operations: [...operations] }),
        id,
        granted: true,
        ...revocation(revoked),
      },
    ];
  });
  return { ...service, access: [...configured, ...granted] };
}

function revocation(revoked: AccessRight['revoked']): Pick<AccessRight, 'revoked'> {
  return revoked === undefined ? {} : { revoked };
}
