/**
 * One attack, as data. `{names}` in paths, headers, bodies and raw text are filled in by the runner; see world.ts for
 * what there is.
 */
export interface Attack {
  readonly id: string;
  /** What the attacker does. */
  readonly what: string;
  /** What the refusal protects. */
  readonly why: string;
  /** A persona's bearer token, or Amina's browser session; nobody when absent. */
  readonly as?: 'amina' | 'trainer-yuki' | 'case-officer-lin' | 'payments-maker-ines' | 'browser';
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Bytes that are made when they are sent: too large to lie in a file. */
  readonly make?: () => Buffer;
  /** Instead of a request: text for the socket, as it is. */
  readonly raw?: string;
  /** Statuses that refuse it, or make it harmless. */
  readonly status: readonly number[];
  /** Neither the head nor the body of the answer may hold one of these. */
  readonly never?: readonly string[];
  /** The answer must hold this. */
  readonly says?: string;
}
