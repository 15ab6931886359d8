import { createHash } from 'node:crypto';
import type { BlockId } from '../../contracts/block.js';
import type { Clock } from '../../contracts/clock.js';
import type { Collection, Document, DocumentStore, FindOptions, Stored } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { holdReads, type HeldCollection } from './held-collection.js';
import { createWritesUnderWay } from './writes-under-way.js';

/** A collection of one block, seen from one workspace: ids carry no workspace prefix here. */
export type ScopedCollection<T extends Document> = Collection<T>;

export interface StateScope {
  /** `indexes` names dotted paths that are filtered on. */
  collection<T extends Document>(
    name: string,
    indexes?: readonly string[],
    options?: CollectionOptions,
  ): ScopedCollection<T>;
}

export interface CollectionOptions {
  /** Definitions that each request asks for by id: held in memory for a moment. */
  readonly held?: boolean;
}

const LONGEST_NAME = 40;

/** Real name of a block's collection; names beyond the stores' limit keep their start and get a hash. */
export function collectionName(block: BlockId, name: string): string {
  const full = `mock-${block}-${name.toLowerCase()}`;
  if (full.length <= LONGEST_NAME) return full;
  const hash = createHash('sha256').update(full).digest('hex').slice(0, 8);
  return `${full.slice(0, LONGEST_NAME - 9)}-${hash}`;
}

/** A scope that remembers which collections were asked for, so that the kit can empty them. */
export interface RecordingScope extends StateScope {
  /** Declared by `collection` before; raises an Error for any other name: an effect names an unknown collection. */
  declared(name: string): ScopedCollection<Document>;
  all(): readonly ScopedCollection<Document>[];
  /** In the order in which they were declared. */
  names(): readonly string[];
  /** Begins to write a document; whoever asks this scope for it waits until it is there. Rejects as a put does. */
  begin(name: string, doc: Document): Promise<void>;
  /** Done when nothing is being written. */
  settled(): Promise<void>;
  /** Another process may have written: documents that were held in memory are read anew. */
  forget(): void;
}

export function createStateScope(
  documents: DocumentStore,
  block: BlockId,
  workspace: WorkspaceId,
  /** Without it nothing is held. */
  realClock?: Clock,
): RecordingScope {
  const declared = new Map<string, ScopedCollection<Document>>();
  const bare = new Map<string, ScopedCollection<Document>>();
  const underWay = createWritesUnderWay();
  const heldCollections: HeldCollection[] = [];
  function known(
    from: ReadonlyMap<string, ScopedCollection<Document>>,
    name: string,
  ): ScopedCollection<Document> {
    const found = from.get(name);
    if (!found) throw new Error(`block ${block} has no collection ${name}`);
    return found;
  }
  return {
    collection<T extends Document>(
      name: string,
      indexes: readonly string[] = [],
      { held = false }: CollectionOptions = {},
    ): ScopedCollection<T> {
      const real = documents.collection<T>(collectionName(block, name), indexes);
      const whole = scopeCollection(real, `${workspace}/`);
      const holding = held && realClock !== undefined ? holdReads(whole, realClock) : undefined;
      if (holding !== undefined) heldCollections.push(holding);
      const scoped = holding ?? whole;
      const awaited = underWay.awaitedIn(name, scoped);
      bare.set(name, scoped);
      declared.set(name, awaited);
      return awaited;
    },
    declared: (name) => known(declared, name),
    begin: async (name, doc) => {
      const collection = known(bare, name);
      await underWay.begin(name, doc._id, () => collection.put(doc));
    },
    settled: () => underWay.settled(),
    forget: () => {
      for (const collection of heldCollections) collection.forget();
    },
    all: () => [...declared.values()],
    names: () => [...declared.keys()],
  };
}

function scopeCollection<T extends Document>(real: Collection<T>, prefix: string): ScopedCollection<T> {
  const outer = (doc: T): T => ({ ...doc, _id: prefix + doc._id });
  const inner = (stored: Stored<T>): Stored<T> => ({
    doc: { ...stored.doc, _id: stored.doc._id.slice(prefix.length) },
    version: stored.version,
  });
  const scopeOptions = (options: FindOptions): FindOptions => ({
    ...options,
    idPrefix: prefix + (options.idPrefix ?? ''),
    ...(options.after === undefined ? {} : { after: prefix + options.after }),
  });
  return {
    async get(id) {
      const found = await real.get(prefix + id);
      return found && inner(found);
    },
    async getMany(ids) {
      if (ids.length === 0) return [];
      return (await real.getMany(ids.map((id) => prefix + id))).map(inner);
    },
    insert: (doc) => real.insert(outer(doc)),
    insertMany: async (docs) => (docs.length === 0 ? 0 : real.insertMany(docs.map(outer))),
    put: (doc) => real.put(outer(doc)),
    putMany: async (docs) => (docs.length === 0 ? undefined : real.putMany(docs.map(outer))),
    replace: (doc, expectedVersion) => real.replace(outer(doc), expectedVersion),
    delete: (id) => real.delete(prefix + id),
    deleteByPrefix: (idPrefix) => real.deleteByPrefix(prefix + idPrefix),
    find: async (options = {}) => (await real.find(scopeOptions(options))).map(inner),
    count: (options = {}) => real.count(scopeOptions(options)),
  };
}
