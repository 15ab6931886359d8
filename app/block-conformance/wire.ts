import type { Method } from '../../contracts/block.js';

/** A request as it goes over the wire: nothing is known about its meaning, so it can also be wrong on purpose. */
export interface WireRequest {
  readonly method: Method;
  /** Path with query, percent-encoded, below the candidate's address; starts with `/`. */
  readonly target: string;
  /** Names as they are sent; their case is kept. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The way to a candidate. Rejects when nobody answers. */
export type Transport = (request: WireRequest) => Promise<WireAnswer>;
