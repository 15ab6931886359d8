import type { LawfulBasis } from './use-case.js';

/** An access right of a workspace, as people see it. */
export interface AccessRightView {
  readonly id: string;
  readonly client: string;
  readonly service: string;
  readonly serviceTitle: string;
  /** Every operation when absent. */
  readonly operations?: readonly string[];
  readonly basis: LawfulBasis;
  readonly origin: 'declared' | 'configured' | 'granted';
  readonly state: 'held' | 'narrowed' | 'revoked';
  /** Of a narrowed right: the operations that it no longer covers. */
  readonly revokedOperations?: readonly string[];
  /** When, by whom and why it was changed last. */
  readonly since?: string;
  readonly by?: string;
  readonly why?: string;
}
