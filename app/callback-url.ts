import { timingSafeEqual } from 'node:crypto';
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

/** Whether a token is the one of this run; takes as long for one that is nearly right as for any other. */
export function isCallbackToken(digest: Digest, workspace: WorkspaceId, run: string, token: string): boolean {
  // Digests of both, since their lengths must be alike.
  const [given, right] = [token, callbackToken(digest, workspace, run)].map((text) =>
    Buffer.from(digest.sha256(text)),
  );
  return given !== undefined && right !== undefined && timingSafeEqual(given, right);
}

function callbackToken(digest: Digest, workspace: WorkspaceId, run: string): string {
  return Buffer.from(digest.keyed(`callback:${workspace}:${run}`), 'hex')
    .toString('base64url')
    .slice(0, 16);
}
