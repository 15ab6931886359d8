import { timingSafeEqual } from 'node:crypto';
import type { Digest } from '../contracts/digest.js';
import { DEFAULT_WORKSPACE, type WorkspaceId } from '../contracts/ids.js';

const TAG_LENGTH = 6;

/** Where the tree of a workspace begins. */
export function workspaceUrl(publicUrl: string, workspace: string): string {
  return workspace === DEFAULT_WORKSPACE ? publicUrl : `${publicUrl}/w/${workspace}`;
}

/**
 * The address at which blocks call a run back: unguessable, so that it proves who was told, and short, since the
 * published payment documents allow 100 characters with the name that a workflow appends. Another workspace than the
 * default one is named by its tag: its id would be too long, and would open the workspace to every system that gets such
 * an address.
 */
export function callbackUrl(digest: Digest, publicUrl: string, workspace: WorkspaceId, run: string): string {
  const tag = workspace === DEFAULT_WORKSPACE ? '' : `${workspaceTag(digest, workspace)}/`;
  return `${publicUrl}/cb/${tag}${run}/${callbackToken(digest, workspace, run)}`;
}

/** Stands for a workspace in callback addresses. */
export function workspaceTag(digest: Digest, workspace: WorkspaceId): string {
  return Buffer.from(digest.keyed(`callback-tag:${workspace}`), 'hex')
    .toString('base64url')
    .slice(0, TAG_LENGTH);
}

/** What a callback address says, below `/cb/`. */
export interface CallbackAddress {
  /** Absent in the default workspace, and in a workspace's own tree. */
  readonly tag?: string;
  /** As it stands there: whoever takes it in answers what is no run like one that there is not. */
  readonly run: string;
  readonly token: string;
  readonly name: string;
}

/** Reads the path of a callback address; undefined for any other path. */
export function readCallbackPath(path: string): CallbackAddress | undefined {
  const [root, prefix, ...parts] = path.split('/');
  if (root !== '' || prefix !== 'cb' || parts.length < 3 || parts.length > 4 || parts.includes(''))
    return undefined;
  const [run = '', token = '', name = ''] = parts.slice(-3);
  const address = { run, token, name };
  return parts.length === 4 ? { tag: parts[0] ?? '', ...address } : address;
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
