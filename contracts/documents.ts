/**
 * The document port: named collections of JSON documents with optimistic versions.
 * Two adapters (PGlite JSONB, MongoDB through mongoose) pass one contract suite in `test/contract/`.
 * Single-document writes only: nothing here spans two documents atomically, because MongoDB-compatible
 * servers without transactions are supported. Hot paths read by `_id`.
 */
export interface Document {
  /** Unique within its collection; callers prefix it with the workspace where the collection is shared. */
  readonly _id: string;
}

/** A stored document with the version that fences its next write. Versions start at 1. */
export interface Stored<T extends Document> {
  readonly doc: T;
  readonly version: number;
}

export type Scalar = string | number | boolean | null;

/** Equality (or membership, for an array) per dotted path; all must hold. `null` matches an absent field too. */
export type Filter = Readonly<Record<string, Scalar | readonly Scalar[]>>;

export interface FindOptions {
  readonly filter?: Filter;
  /** Only ids that start with this text. The cheap way to list what belongs to one workspace or one run. */
  readonly idPrefix?: string;
  /** Only ids greater than this one (in the order of `_id`): the page cursor. */
  readonly after?: string;
  /** Order of `_id`, byte-wise; ascending by default. */
  readonly order?: 'ascending' | 'descending';
  /**
   * Orders by the text at this declared path, then by `_id`, and leaves out documents without a text there. For plain
   * ASCII of up to 190 characters, such as instants.
   */
  readonly orderBy?: string;
  /** With `orderBy`: only texts from `from` on, and below `to`. */
  readonly between?: { readonly from?: string | undefined; readonly to?: string | undefined };
  /** With `orderBy`: only what comes behind this place in the chosen order: the page cursor. */
  readonly behind?: { readonly text: string; readonly id: string };
  readonly limit?: number;
}

export interface Collection<T extends Document> {
  get(id: string): Promise<Stored<T> | undefined>;
  getMany(ids: readonly string[]): Promise<readonly Stored<T>[]>;
  /** Adds a document; false, and nothing written, when the id exists. */
  insert(doc: T): Promise<boolean>;
  /** Adds many; existing ids are left alone. Returns how many were added. */
  insertMany(docs: readonly T[]): Promise<number>;
  /** Writes whether or not it exists (last writer wins); returns the new version. */
  put(doc: T): Promise<number>;
  putMany(docs: readonly T[]): Promise<void>;
  /** Replaces the document only while it has `expectedVersion`; false otherwise. */
  replace(doc: T, expectedVersion: number): Promise<boolean>;
  delete(id: string): Promise<boolean>;
  /** Deletes every document whose id starts with `idPrefix`; returns how many. */
  deleteByPrefix(idPrefix: string): Promise<number>;
  find(options?: FindOptions): Promise<readonly Stored<T>[]>;
  count(options?: Pick<FindOptions, 'filter' | 'idPrefix'>): Promise<number>;
}

export interface DocumentStore {
  /** `indexes` names dotted paths that are filtered on; declaring them again is harmless. */
  collection<T extends Document>(name: string, indexes?: readonly string[]): Collection<T>;
  /** Names of the collections that are there, also of those that nobody asked for in this process. */
  collections(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Applies a change to a document, retrying while others write it; `change` returns undefined to leave it alone. */
export async function changeDocument<T extends Document>(
  collection: Collection<T>,
  id: string,
  change: (doc: T) => T | undefined,
): Promise<T | undefined> {
  for (;;) {
    const found = await collection.get(id);
    if (found === undefined) return undefined;
    const next = change(found.doc);
    if (next === undefined) return found.doc;
    if (await collection.replace(next, found.version)) return next;
  }
}
