import type { Digest } from '../contracts/digest.js';
import { DEFAULT_WORKSPACE, type WorkspaceId } from '../contracts/ids.js';

/**
 * The address at which blocks call a run back: unguessable, so that it proves who was told, and short, since the
 * published payment documents allow 100 characters with the name that a workflow appends.
 */
export function callbackUrl(digest: Digest, publicUrl: string, workspace: WorkspaceId, run: string): string {
  const root = workspace === DEFAULT_WORKSPACE ? publicUrl : `${publicUrl}/w/${workspace}`;
  return `${root}/cb/${run}/${callbackToken(digest, workspace, run)}`;
}

export function callbackToken(digest: Digest, workspace: WorkspaceId, run: string): string {
  return Buffer.from(digest.keyed(`callback:${workspace}:${run}`), 'hex')
    .toString('base64url')
    .slice(0, 16);
}
