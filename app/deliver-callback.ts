import type { Method } from '../contracts/block.js';
import { runIdSchema, workspaceIdSchema, type RunId, type WorkspaceId } from '../contracts/ids.js';
import { CALLBACK_SIGNATURE_HEADER } from '../contracts/callbacks.js';
import type { Json } from '../contracts/json.js';
import { SandboxError } from '../contracts/problems.js';
import { readCallbackPath, type CallbackAddress } from './callback-url.js';

/** What a callback proves itself with: the header, and the body as it came. */
export interface SignedText {
  readonly signature: string;
  readonly text: string;
}

/** One HTTP request; resolves to the status, rejects when the connection fails or may not be made. */
export type SendCallback = (
  url: string,
  method: Method,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<number>;

/**
 * Posts a block's callback. What is addressed to this sandbox goes to its own door without a detour over the
 * network: PUBLIC_URL need not resolve on this machine.
 */
export function createCallbackDelivery(deps: {
  publicUrl: string;
  /** The way to other systems: it refuses addresses that callbacks may not reach. */
  send: SendCallback;
  /** The workspace that a tag stands for, or the default one; undefined when there is none. */
  workspaceOf: (tag: string | undefined) => Promise<WorkspaceId | undefined>;
  receive: (
    workspace: WorkspaceId,
    run: RunId,
    token: string,
    name: string,
    body: Json,
    proof: SignedText,
  ) => Promise<void>;
}): SendCallback {
  return async (url, method, headers, body) => {
    const own = ownAddress(deps.publicUrl, url);
    if (own === undefined) return deps.send(url, method, headers, body);
    const workspace = own.workspace ?? (await deps.workspaceOf(own.tag));
    // As a real receiver that is gone for good.
    const run = runIdSchema.safeParse(own.run).data;
    if (workspace === undefined || run === undefined) return 410;
    try {
      const proof = { signature: headers[CALLBACK_SIGNATURE_HEADER] ?? '', text: body };
      await deps.receive(workspace, run, own.token, own.name, JSON.parse(body) as Json, proof);
      return 202;
    } catch (error) {
      if (error instanceof SandboxError) return error.status;
      throw error;
    }
  };
}

function ownAddress(
  publicUrl: string,
  url: string,
): (CallbackAddress & { readonly workspace?: WorkspaceId }) | undefined {
  if (!url.startsWith(`${publicUrl}/`)) return undefined;
  const path = url.slice(publicUrl.length).split('?')[0] ?? '';
  const tree = /^\/w\/([^/]+)(\/.+)$/.exec(path);
  const address = readCallbackPath(tree?.[2] ?? path);
  if (address === undefined) return undefined;
  if (tree === null) return address;
  const workspace = workspaceIdSchema.safeParse(tree[1]).data;
  return workspace === undefined ? undefined : { ...address, workspace };
}
