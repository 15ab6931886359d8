/** How a candidate's contract compares with a block's own, before the candidate takes its place. */
export interface ContractDiff {
  readonly reachable: boolean;
  /** Why it is not reachable, or what answered. */
  readonly probe: string;
  /** Where its OpenAPI document was found; absent when it was not, and then nothing can be compared. */
  readonly document?: string;
  /** Of the operations that loaded use cases call: the worst verdict; `unknown` without a document. */
  readonly verdict: DiffVerdict | 'unknown';
  readonly operations: readonly OperationDiff[];
}

/** `compatible`: it differs, in nothing that a call as we make it would meet. */
export type DiffVerdict = 'same' | 'compatible' | 'breaking';

export interface OperationDiff {
  readonly operationId: string;
  readonly method: string;
  /** As our document spells it. */
  readonly path: string;
  readonly verdict: DiffVerdict;
  /** Loaded use cases that call it. */
  readonly usedBy: readonly string[];
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly in: 'operation' | 'parameter' | 'request' | 'response';
  /** A JSON pointer below the body, or the name of a parameter. */
  readonly at: string;
  readonly what: string;
  readonly breaking: boolean;
}
