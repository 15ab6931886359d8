import type { CallbackView } from '../../contracts/callbacks.js';
import type { Clock } from '../../contracts/clock.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import type { CallbackKeys } from '../../mocks/kit/callback-keys.js';
import type { CallbackRecord } from '../../mocks/kit/callback-record.js';
import type { DurableCallbackSender } from '../../mocks/kit/callback-sender.js';
import { isSignedElsewhere, signatureFlaw } from '../../mocks/kit/callback-signature.js';
import type { CallbackPorts } from '../../orchestrator/http/ports/callback-ports.js';

export interface CallbackPortDeps {
  readonly callbacks: DurableCallbackSender;
  readonly callbackKeys: CallbackKeys;
  readonly realClock: Clock;
}

/** The callbacks as the API offers them, and our own receiver's look at a signature. */
export function createCallbackPorts({
  callbacks,
  callbackKeys,
  realClock,
}: CallbackPortDeps): CallbackPorts & {
  /** GSB-REQ-001 for a signature that is none of ours, or too old. */
  assertSigned(
    workspace: WorkspaceId,
    proof: { readonly signature: string; readonly text: string },
  ): Promise<void>;
} {
  const needed = (record: CallbackRecord | undefined, id: string): CallbackView => {
    if (record === undefined)
      throw new SandboxError('GSB-REQ-002', { detail: `There is no callback ${id}.` });
    return { ...viewOf(record), body: record.body };
  };
  return {
    async list(workspace, query) {
      const { records, next } = await callbacks.list(workspace, query);
      return { callbacks: records.map(viewOf), ...(next === undefined ? {} : { next }) };
    },
    get: async (workspace, id) => needed(await callbacks.get(workspace, id), id),
    replay: async (workspace, id) => needed(await callbacks.replay(workspace, id), id),
    keys: (workspace) => callbackKeys.list(workspace),
    rotateKeys: (workspace) => callbackKeys.rotate(workspace),
    async assertSigned(workspace, { signature, text }) {
      const secrets = (await callbackKeys.list(workspace)).map(({ secret }) => secret);
      // A real system, or the mock of another installation: the token in the address alone proves it.
      if (isSignedElsewhere(secrets, signature)) return;
      const flaw = signatureFlaw(secrets, { signature, body: text, now: realClock.now() });
      if (flaw === undefined) return;
      throw new SandboxError('GSB-REQ-001', {
        detail: `/header/x-sandbox-signature proves nothing: ${flaw}`,
        extensions: { errors: [{ pointer: '/header/x-sandbox-signature', message: flaw }] },
      });
    },
  };
}

function viewOf(record: CallbackRecord): CallbackView {
  const { callbackId, block, operationId, method, url, state, sentAt, attempts, dueAt, replays = 0 } = record;
  return {
    id: callbackId,
    block,
    operationId,
    method,
    url: url.replace(/(\/cb\/[^/]+\/)[^/]+(?=\/)/, '$1…'),
    state,
    sentAt,
    attempts,
    ...(state === 'waiting' && { nextAttempt: dueAt }),
    replays,
  };
}
