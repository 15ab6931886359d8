import type { BlockId } from '../../contracts/block.js';
import type { ServiceDefinition } from '../../contracts/use-case.js';

export type DeclaredRight = ServiceDefinition['access'][number];

/** An access right as it stands in a workspace. What use cases declare has none of the optional members. */
export interface AccessRight extends DeclaredRight {
  readonly id?: string;
  /** Nobody declares it: the mediator's configuration allows it, alike what somebody else has. */
  readonly configured?: true;
  /** Nobody declares it: it was granted while the sandbox ran. */
  readonly granted?: true;
  /** Revoked for all its operations, or for these. */
  readonly revoked?: true | readonly string[];
}

/** A service as the mediator knows it. */
export interface DirectoryService {
  /** `instance/class/member/application/service`. */
  readonly id: string;
  /** `instance/class/member/application`. */
  readonly provider: string;
  readonly code: string;
  readonly title: string;
  readonly block: BlockId;
  readonly basePath?: string;
  readonly fixed?: Readonly<Record<string, string>>;
  /** In order: the first that fits client and operation decides. */
  readonly access: readonly AccessRight[];
}
