import type { DocumentStore } from '../contracts/documents.js';
import type { Journal } from '../contracts/journal.js';
import { ADVANCE_QUEUE, type JobQueues } from '../contracts/queue.js';
import { inTime } from './in-time.js';

export type StorePart = 'documents' | 'journal' | 'queue';

/** What does not answer just now; empty when all do. */
export type StoresAway = () => Promise<readonly StorePart[]>;

/** How long a store may take to answer, in milliseconds. */
const PATIENCE_MS = { service: 1_000, embedded: 10_000 } as const;

/**
 * Asks documents, journal and queue for something small. One that fails is away; so is a service that is silent for a
 * second. What is embedded gets longer: it is not away, but busy with the work that is asked for here.
 */
export function createStoresAway(stores: {
  readonly documents: DocumentStore;
  readonly journal: Journal;
  readonly queues: JobQueues;
  readonly onServices: boolean;
}): StoresAway {
  const queue = stores.queues.queue(ADVANCE_QUEUE);
  const questions: readonly (readonly [StorePart, () => Promise<unknown>])[] = [
    ['documents', () => stores.documents.collections()],
    ['journal', () => stores.journal.version('readiness')],
    ['queue', () => queue.depth()],
  ];
  const patienceMs = PATIENCE_MS[stores.onServices ? 'service' : 'embedded'];
  return async () => {
    const there = await Promise.all(questions.map(([, ask]) => inTime(ask(), patienceMs).catch(() => false)));
    return questions.flatMap(([part], at) => (there[at] === true ? [] : [part]));
  };
}
