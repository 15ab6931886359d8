import type { DocumentStore } from '../../contracts/documents.js';
import { SandboxError } from '../../contracts/problems.js';
import { INSTALLATION } from './contents.js';

interface RestoreMark {
  readonly _id: string;
  readonly backup: string;
  readonly begunAt: string;
}

const ID = 'restore';

/** Services have no exchange of the whole at one moment, so a restore that is under way is marked. */
export async function isHalfRestored(documents: DocumentStore): Promise<boolean> {
  return (await documents.collection<RestoreMark>(INSTALLATION).get(ID)) !== undefined;
}

/** Raises GSB-CFG-008 while a restore is under way, or when one was cut short. */
export async function assertNotHalfRestored(documents: DocumentStore): Promise<void> {
  const found = await documents.collection<RestoreMark>(INSTALLATION).get(ID);
  if (found === undefined) return;
  const { backup, begunAt } = found.doc;
  throw new SandboxError('GSB-CFG-008', {
    detail: `The restore of the backup with the digest ${backup.slice(0, 12)}…, begun at ${begunAt}, was not finished.`,
  });
}

export async function markRestore(documents: DocumentStore, backup: string): Promise<void> {
  await documents
    .collection<RestoreMark>(INSTALLATION)
    .put({ _id: ID, backup, begunAt: new Date().toISOString() });
}

export async function unmarkRestore(documents: DocumentStore): Promise<void> {
  await documents.collection<RestoreMark>(INSTALLATION).delete(ID);
}
