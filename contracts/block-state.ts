import type { Document, Stored } from './documents.js';
import type { WorkspaceId } from './ids.js';
import type { JsonObject } from './json.js';

/**
 * What a building block keeps in a workspace, past its operations: for those who look into it, mend it, or carry it
 * elsewhere. What the block keeps to itself (keys, its commit log) is neither shown nor carried.
 */
export interface BlockState {
  collections(workspace: WorkspaceId): Promise<readonly CollectionCount[]>;
  /** In the order of ids. Raises GSB-REQ-002 for a collection that there is not, here and below. */
  list(workspace: WorkspaceId, collection: string, query: StateQuery): Promise<StatePage>;
  get(workspace: WorkspaceId, collection: string, id: string): Promise<Stored<StateDocument> | undefined>;
  /**
   * Writes a document as it is given; with `version` only while it still has that one, else GSB-REQ-008. Raises
   * GSB-REQ-001 where the collection says how its documents look, or only follows from others. What follows from the
   * document, such as an index, follows from it still afterwards. Answers the new version.
   */
  put(workspace: WorkspaceId, collection: string, document: StateDocument, version?: number): Promise<number>;
  /** False when there is none. Raises GSB-REQ-008 when it has another version than the given one. */
  remove(workspace: WorkspaceId, collection: string, id: string, version?: number): Promise<boolean>;
  export(workspace: WorkspaceId): Promise<StateExport>;
  /** All or nothing is checked first: GSB-REQ-001, GSB-REQ-002. With `replace`, what was there goes. Returns how many were written. */
  import(workspace: WorkspaceId, state: StateExport, replace: boolean): Promise<number>;
}

export interface CollectionCount {
  readonly name: string;
  readonly documents: number;
}

export type StateDocument = Document & JsonObject;

export interface StateQuery {
  /** The `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
  /** Only documents in which this text occurs, whatever its case. */
  readonly text?: string | undefined;
}

export interface StatePage {
  readonly documents: readonly StateDocument[];
  /** Where the next page begins; absent on the last. A page may be short, or empty, before the last one. */
  readonly next?: string;
}

/** By collection. */
export type StateExport = Readonly<Record<string, readonly StateDocument[]>>;
