import type { DocumentStore } from '../../../contracts/documents.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import { createStateScope, type ScopedCollection } from '../../kit/state.js';
import type { Directory } from '../directory.js';
import { applyChanges, CHANGES, CONFIGURATION, type ConfigurationDoc } from './changes.js';

/** The directory of a workspace as it is now: what is changed in one process counts in every other with the next call. */
export type DirectoryOf = (workspace: WorkspaceId) => Promise<Directory>;

export function createDirectoryOf(deps: {
  readonly documents: DocumentStore;
  readonly directory: Directory;
}): DirectoryOf {
  const collections = new Map<WorkspaceId, ScopedCollection<ConfigurationDoc>>();
  const known = new Map<WorkspaceId, { readonly text: string; readonly directory: Directory }>();
  const collectionOf = (workspace: WorkspaceId): ScopedCollection<ConfigurationDoc> => {
    const found =
      collections.get(workspace) ??
      createStateScope(deps.documents, 'information-mediator', workspace).collection<ConfigurationDoc>(
        CONFIGURATION,
      );
    collections.set(workspace, found);
    return found;
  };
  return async (workspace) => {
    const stored = await collectionOf(workspace).get(CHANGES);
    if (stored === undefined) {
      known.delete(workspace);
      return deps.directory;
    }
    // By content, not by version: a reset begins to count anew.
    const text = JSON.stringify(stored.doc);
    const made = known.get(workspace);
    if (made?.text === text) return made.directory;
    const directory = applyChanges(deps.directory, stored.doc);
    known.set(workspace, { text, directory });
    return directory;
  };
}
