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

/** `person` is absent for a page of several. */
export function usageId(registryName: string, person: string | undefined, at: string, key: string): string {
  const who = person === undefined ? 'pages' : `persons/${encodeURIComponent(person)}`;
  return `${registryName}/${who}/${at}/${key}`;
}

/** What tells this reading from all others. */
export function readingId({ _id }: UsageEntry): string {
  return _id.slice(_id.lastIndexOf('/') + 1);
}

/** The parts of `instance/class/member/application`, as far as the caller named itself so. */
export function clientParts(client: string): {
  readonly institution?: string;
  readonly member?: string;
  readonly application?: string;
} {
  const [instance, memberClass, member, ...application] = client.split('/');
  return {
    ...(member === undefined
      ? {}
      : { institution: `${instance ?? ''}/${memberClass ?? ''}/${member}`, member }),
    ...(application.length === 0 ? {} : { application: application.join('/') }),
  };
}

interface ReadReference {
  readonly person: string;
  readonly record: string;
}
