/** What is broken in an official document, and how it is read nevertheless. */
export interface OfficialRepair {
  /** Path under `reference/openapi/`. */
  readonly document: string;
  readonly broken: string;
  readonly readAs: string;
  /** Name of the change that the tests make in memory; none where a tolerant reader is enough. */
  readonly mend?: never;
}

export const officialRepairs: readonly OfficialRepair[] = [];
