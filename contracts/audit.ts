import type { WorkspaceId } from './ids.js';

/**
 * The audit log: every change that a person, or a machine in a person's place, made or tried to make through the front
 * door. Append-only, one hash chain for each workspace and one for the installation. No body and no query is ever in it.
 */
export interface AuditEntry {
  /** Grows by one within its log. */
  readonly seq: number;
  /** The instant of real time. */
  readonly at: string;
  /** The same by the clock of the workspace; absent in the log of the installation. */
  readonly time?: string;
  /** A route of the permission matrix, such as `POST /runs/:id/cancel`; or `sign-in`, `sign-out`. */
  readonly action: string;
  /** Absent when nobody was signed in. */
  readonly who?: AuditPerson;
  /** What it was done to, by the names of the route's parameters. */
  readonly on: Readonly<Record<string, string>>;
  /** Status of the answer. */
  readonly outcome: number;
  readonly correlation?: string;
  /** Network address of whoever asked. */
  readonly source?: string;
  /** `hash` of the entry before; of the first one, what `AUDIT_BEGIN` says. */
  readonly previous: string;
  /** SHA-256, in hexadecimal digits, of `previous` and this entry without `seq` and `hash`. */
  readonly hash: string;
}

export interface AuditPerson {
  readonly subject?: string;
  readonly username?: string;
  readonly roles?: readonly string[];
}

export const AUDIT_BEGIN = '0'.repeat(64);

export type AuditNote = Pick<AuditEntry, 'action' | 'who' | 'on' | 'outcome' | 'correlation' | 'source'>;

/** Whose log: a workspace's, or that of the installation. */
export type AuditScope = WorkspaceId | 'installation';

export interface AuditQuery {
  readonly subject?: string | undefined;
  /** The whole action, or its beginning. */
  readonly action?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Only entries older than this one. */
  readonly after?: number | undefined;
  readonly limit: number;
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** There may be older ones: go on with this as `after`. */
  readonly next?: number;
}

export interface AuditCheck {
  readonly entries: number;
  /** Hash of the last entry. */
  readonly head: string;
  readonly intact: boolean;
  /** The first entry that does not fit. */
  readonly brokenAt?: number;
}

export interface AuditLog {
  /** Returns once it is durable. */
  record(scope: AuditScope, note: AuditNote): Promise<void>;
  list(scope: AuditScope, query: AuditQuery): Promise<AuditPage>;
  /** Recomputes the whole chain. */
  check(scope: AuditScope): Promise<AuditCheck>;
}
