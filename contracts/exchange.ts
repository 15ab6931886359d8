import type { CallOrigin, BlockId, Method } from './block.js';
import type { Json } from './json.js';

/**
 * One call through the information mediator. The event is public and goes into the workspace's message log
 * (journal stream `<workspace>/exchanges`), the bodies lie in the record's payload and can be erased:
 * the hashes keep the chain whole.
 */
export interface Exchange {
  readonly type: 'exchange';
  readonly id: string;
  /** Workspace time and real time of the request. */
  readonly time: string;
  readonly at: string;
  readonly client: string;
  readonly service: string;
  readonly block: BlockId;
  /**
   * `mock`, the real system's base URL without credentials, `none` when it was refused, or `unknown`. For a spy whose
   * real system was away, `mock, as http://pay.example did not answer`.
   */
  readonly deliveredTo: string;
  readonly operationId?: string;
  readonly method: Method;
  /** Path below the service, with identifiers of people masked. */
  readonly path: string;
  /** 0 when no answer came. */
  readonly status: number;
  readonly milliseconds: number;
  readonly outcome: 'answered' | 'refused' | 'unreachable';
  /** Why it was refused, or which lawful basis let it through. */
  readonly basis?: LawfulBasisUsed;
  readonly refusal?: string;
  /** Where a real system's answer differs from the block's contract; absent when nothing does. */
  readonly violations?: readonly ContractViolation[];
  /** The person it is about, as a keyed digest: nobody without this installation's secret learns from it who that is. */
  readonly subject?: string;
  /** The fields that were asked for; `*` is all of them. */
  readonly fields?: readonly string[];
  readonly requestHash: string;
  readonly responseHash: string;
  readonly origin?: CallOrigin;
}

/** A place in an answer, such as `/body/status`, and what is wrong there. */
export interface ContractViolation {
  readonly pointer: string;
  readonly message: string;
}

export interface ExchangePayload {
  /** The path below the service as it was sent. */
  readonly path?: string;
  /** What makes the hashes of the bodies checkable, and not to be guessed once the bodies are erased. */
  readonly salt?: string;
  readonly query: Json;
  readonly requestBody: Json;
  readonly responseBody: Json;
}

export type LawfulBasisUsed =
  | {
      readonly kind: 'consent';
      readonly agreement: string;
      readonly consentRecord: string;
      readonly fields: readonly string[];
    }
  | { readonly kind: 'public-task'; readonly reference: string }
  | { readonly kind: 'not-personal' };

/** A seal over the message log: `head` is the hash chain's head after the record `upTo`. Stream `<workspace>/seals`. */
export interface Seal {
  readonly type: 'seal';
  readonly upTo: number;
  readonly head: string;
  readonly at: string;
  /** The beginning of each sealed record's own hash, in order: what tells which record it is that no longer fits. */
  readonly records?: readonly string[];
}
