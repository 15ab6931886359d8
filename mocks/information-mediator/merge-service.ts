import type { Json } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { canonicalJson } from './canonical-json.js';
import type { AccessRight, DirectoryService } from './directory-service.js';

export interface DeclaredService {
  /** Where it is declared, for people: `use case usct, services.payments`. */
  readonly declaredBy: string;
  /** The use case; rights of one use case are read as one list. */
  readonly source: string;
  readonly service: DirectoryService;
}

/**
 * Joins the declarations of one service. They must agree on what the service is. A client's rights must come from
 * one list: were two different lists joined, their order, an accident, would decide which lawful basis counts.
 */
export function mergeService(declarations: readonly DeclaredService[]): DirectoryService {
  const [first, ...others] = declarations;
  if (first === undefined) throw new Error('a service without a declaration cannot be merged');
  let merged = first.service;
  const rightsOf = new Map<string, DeclaredService>();
  for (const { client } of merged.access) rightsOf.set(client, first);
  for (const other of others) {
    assertSame(first, other, 'block', (service) => service.block);
    assertSame(first, other, 'basePath', (service) => service.basePath ?? '');
    assertSame(first, other, 'fixed', (service) => ({ ...service.fixed }));
    for (const client of new Set(other.service.access.map((right) => right.client))) {
      const holder = rightsOf.get(client);
      if (holder)
        assertSame(
          holder,
          other,
          `access of ${client}`,
          (service) => rights(service, client) as unknown as Json,
        );
      else {
        rightsOf.set(client, other);
        merged = { ...merged, access: [...merged.access, ...rights(other.service, client)] };
      }
    }
  }
  return merged;
}

function rights(service: DirectoryService, client: string): AccessRight[] {
  return service.access.filter((right) => right.client === client);
}

function assertSame(
  first: DeclaredService,
  other: DeclaredService,
  what: string,
  part: (service: DirectoryService) => Json,
): void {
  if (canonicalJson(part(first.service)) === canonicalJson(part(other.service))) return;
  throw new SandboxError('GSB-DEF-003', {
    detail: `${other.declaredBy}: ${what} of ${first.service.id} differs from ${first.declaredBy}; one service has one declaration`,
  });
}
