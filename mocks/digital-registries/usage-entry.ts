import type { Document } from '../../contracts/documents.js';

/**
 * Who has read what about whom. Written before the answer leaves and not as an effect of the operation: an effect
 * would make the kit keep the answer, and so a second copy of personal data, for each reading under an
 * Idempotency-Key. Entries are only ever added, so nothing that is done again after a crash can undo one.
 * A page of a list is one entry; a single record is one entry under its person, found without a search.
 */
export interface UsageEntry extends Document {
  /** `name/persons/<person>/<instant>/<key>` or `name/pages/<instant>/<key>`. */
  readonly _id: string;
  readonly client: string;
  readonly operation: string;
  readonly at: string;
  /** Absent: the whole record. */
  readonly fields?: readonly string[];
  readonly read: readonly ReadReference[];
}

interface ReadReference {
  readonly person: string;
  readonly record: string;
}
