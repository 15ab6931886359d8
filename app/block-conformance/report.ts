import type { BlockId } from '../../contracts/block.js';
import type { Dialect } from './contract.js';
import type { WireAnswer, WireRequest } from './wire.js';

/** Where a rule comes from. */
export interface RuleSource {
  readonly specification: string;
  readonly version: string;
  /** The operation or section, such as `POST /vouchers (createVouchers)`. */
  readonly section: string;
}

export interface Violation {
  /** What must hold, as a sentence. */
  readonly rule: string;
  readonly source: RuleSource;
  /** What was found instead. */
  readonly message: string;
  /** The exchange that shows it, credentials taken out. */
  readonly exchange?: { readonly request: WireRequest; readonly answer?: WireAnswer };
}

/** Why something could not be tested. */
export type SkipReason =
  'read-only' | 'no-fixture' | 'not-offered' | 'no-callback-url' | 'no-second-tenant' | 'needs-another';

export type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly violations: readonly Violation[] }
  | { readonly kind: 'skipped'; readonly reason: SkipReason; readonly detail: string };

export interface CheckResult {
  /** Such as `createVouchers/answer` or `scenario/vouchers-life`. */
  readonly id: string;
  readonly title: string;
  /** The operations that it is about. */
  readonly operations: readonly string[];
  readonly outcome: Outcome;
  readonly requests: number;
}

export interface Share {
  readonly count: number;
  readonly of: number;
  /** Rounded down to one decimal, so that 100 means all. */
  readonly percent: number;
}

export type Verdict = 'passed' | 'violations' | 'not-testable';

export interface ConformanceReport {
  readonly block: BlockId;
  readonly title: string;
  readonly specification: { readonly name: string; readonly version: string };
  readonly profile?: string;
  readonly dialect: Dialect;
  readonly readOnly: boolean;
  /** Whether what this sandbox adds to the specification was checked too. */
  readonly extensions: boolean;
  readonly candidate: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly verdict: Verdict;
  /** Says why, when nothing could be tested. */
  readonly detail?: string;
  /** What was testable: operations with at least one answer, and checks that ran. */
  readonly index: { readonly operations: Share; readonly checks: Share };
  /** How many of the checks that ran passed. */
  readonly score: Share;
  readonly requests: number;
  readonly checks: readonly CheckResult[];
}

export function shareOf(count: number, of: number): Share {
  return { count, of, percent: of === 0 ? 0 : Math.floor((count * 1000) / of) / 10 };
}
