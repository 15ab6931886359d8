import type { BlockId } from '../../contracts/block.js';
import type { ServiceDefinition } from '../../contracts/use-case.js';

export type AccessRight = ServiceDefinition['access'][number];

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
