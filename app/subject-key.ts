import type { Digest } from '../contracts/digest.js';
import type { WorkspaceId } from '../contracts/ids.js';

/** How the message log names the person whom an identifier belongs to: keyed, so that nobody finds out by trying identifiers. */
export function subjectKey(digest: Digest, workspace: WorkspaceId, identifier: string): string {
  return digest.keyed(`subject:${workspace}:${identifier}`).slice(0, 32);
}
