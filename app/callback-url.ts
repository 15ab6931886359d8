import type { Digest } from '../contracts/digest.js';
import { DEFAULT_WORKSPACE, type WorkspaceId } from '../contracts/ids.js';

/** The address at which blocks call a run back: unguessable, so that it proves who was told. */
export function callbackUrl(digest: Digest, publicUrl: string, workspace: WorkspaceId, run: string): string {
  const root = workspace === DEFAULT_WORKSPACE ? publicUrl : `${publicUrl}/w/${workspace}`;
  return `${root}/api/v1/callbacks/${run}/${callbackToken(digest, workspace, run)}`;
}

export function callbackToken(digest: Digest, workspace: WorkspaceId, run: string): string {
  return digest.keyed(`callback:${workspace}:${run}`).slice(0, 32);
}
