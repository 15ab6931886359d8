import type { BlockId } from '../../../contracts/block.js';

/** Operations of an official document that nobody answers yet. */
export interface NotYetServed {
  readonly block: BlockId | 'workflow';
  /** Path under `reference/openapi/`. */
  readonly document: string;
  /** As `METHOD /path`. */
  readonly operations: readonly string[];
}

export const notYetServed: readonly NotYetServed[] = [];

/** An official operation that an operation of a more general path answers, as meant. */
export interface ServedElsewhere {
  readonly operation: string;
  readonly operationId: string;
  readonly why: string;
}

export const servedElsewhere: readonly ServedElsewhere[] = [
  {
    operation: 'POST /data/mcts/createEntries',
    operationId: 'createEntries',
    why: 'The official document writes one registry of its example into the path; here every registry has this operation.',
  },
  {
    operation: 'POST /data/mcts/1.4/create-entries',
    operationId: 'createEntriesOlder',
    why: 'The older document writes one registry and its version into the path; here every registry has this operation.',
  },
];
