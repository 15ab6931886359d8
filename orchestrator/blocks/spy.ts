import type { BlockResponse, ConnectionLostError } from '../../contracts/block.js';

/** What a real system did with a request that a spy sent it. */
export type RealOutcome =
  | { readonly kind: 'answered'; readonly response: BlockResponse }
  | { readonly kind: 'lost'; readonly error: ConnectionLostError };

export type SpyVerdict =
  /** The real system's outcome stands. */
  | { readonly kind: 'keep'; readonly unclear: boolean }
  /** The mock answers; `why` completes "mock, as http://pay.example ...". */
  | { readonly kind: 'mock'; readonly why: string };

const UNKNOWN_OPERATION = new Set([404, 405, 501]);
const DOWN = new Set([502, 503, 504]);

/**
 * Whether the mock steps in. For a write only where the real system certainly did nothing: never connected, or 501
 * or 503, which say that the request was not carried out (RFC 9110, 15.6). A gateway that answers 502 or 504, or a
 * connection that breaks, leaves open whether the write happened, and a mock beside it could pay twice. A 404 on a
 * write is an answer: there is no such thing.
 */
export function judge(outcome: RealOutcome, reads: boolean): SpyVerdict {
  if (outcome.kind === 'lost') {
    if (outcome.error.beforeEffect || reads) return { kind: 'mock', why: 'did not answer' };
    return { kind: 'keep', unclear: true };
  }
  const { status } = outcome.response;
  if (reads) {
    if (DOWN.has(status)) return { kind: 'mock', why: `answered ${status}` };
    if (UNKNOWN_OPERATION.has(status)) return { kind: 'mock', why: `does not know it (${status})` };
    return { kind: 'keep', unclear: false };
  }
  if (status === 503) return { kind: 'mock', why: `answered ${status}` };
  if (status === 501 || status === 405) return { kind: 'mock', why: `does not know it (${status})` };
  return { kind: 'keep', unclear: DOWN.has(status) };
}
