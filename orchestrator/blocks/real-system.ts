import type { BlockRequest, BlockResponse } from '../../contracts/block.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Json } from '../../contracts/json.js';
import type { Secrets } from '../../contracts/secrets.js';
import { isStoreUnavailable } from '../../contracts/store-unavailable.js';
import type { RealBinding } from './binding.js';
import { resolveCredentials, type Credentials } from './credentials.js';
import { endToEnd } from './hop-by-hop.js';
import type { Authenticator, Authorization } from './outbound/authentication/authenticator.js';
import type { Hop, HopRequest, HopResponse } from './outbound/hop.js';
import type { RealConnections } from './real-connections.js';
import { lostAt, lostBefore } from './real-failure.js';
import { realRequest, type PathRule } from './real-request.js';
import { isJsonType } from './request-body.js';

export interface RealSystems {
  /**
   * Sends a request to a real system. Throws ConnectionLostError when nobody answered in time; `beforeEffect` only
   * when the request was certainly not sent. Redirects are not followed: they are the answer.
   */
  send(call: RealCall): Promise<BlockResponse>;
  /** Reads any address as the binding would; elsewhere than at its own origin without what proves who asks. */
  read(workspace: WorkspaceId, binding: RealBinding, url: URL): Promise<BlockResponse>;
  close(): Promise<void>;
}

export interface RealCall {
  readonly workspace: WorkspaceId;
  readonly binding: RealBinding;
  readonly request: BlockRequest;
  /** Rules of the block's older dialect. */
  readonly olderPaths: readonly PathRule[];
}

const DEFAULT_TIMEOUT_MS = 30_000;

export function createRealSystems(deps: {
  readonly connections: RealConnections;
  readonly secrets: Pick<Secrets, 'resolve'>;
}): RealSystems {
  const { connections, secrets } = deps;

  return {
    send: ({ workspace, binding, request, olderPaths }) =>
      exchange(workspace, binding, ({ headers }) =>
        realRequest(binding, request, { secretHeaders: headers, olderPaths }),
      ),
    read: (workspace, { headers = {}, ...binding }, url) => {
      const known = url.origin === new URL(binding.baseUrl).origin;
      const { auth: _, secretHeaders: __, ...stranger } = binding;
      return exchange(workspace, known ? binding : stranger, (credentials) => ({
        method: 'GET',
        url,
        headers: {
          accept: 'application/json, application/yaml, text/yaml, */*;q=0.5',
          ...(known ? { ...headers, ...credentials.headers } : {}),
        },
      }));
    },
    close: () => connections.close(),
  };

  async function exchange(
    workspace: WorkspaceId,
    binding: RealBinding,
    make: (credentials: Credentials) => HopRequest,
  ): Promise<BlockResponse> {
    const { baseUrl, timeoutMs = DEFAULT_TIMEOUT_MS } = binding;
    const prepared = await prepare(workspace, binding, make).catch((error: unknown) => {
      if (isStoreUnavailable(error)) throw error;
      throw lostBefore(baseUrl, error);
    });
    const { hop, outgoing, authenticator, authorization } = prepared;
    const signal = AbortSignal.timeout(timeoutMs);
    const send = (proof: Authorization | undefined): Promise<HopResponse> =>
      hop(withAuthorization(outgoing, proof), signal).catch((error: unknown) => {
        throw lostAt(baseUrl, error);
      });
    const first = await send(authorization);
    if (first.status !== 401 || authenticator === undefined) return answerOf(first);
    // Refused before anything was done: a token may have ended early, so one more is tried.
    const again = await authenticator
      .reauthorize(outgoing, { authorization, response: first })
      .catch(() => undefined);
    return answerOf(again === undefined ? first : await send(again));
  }

  async function prepare(
    workspace: WorkspaceId,
    binding: RealBinding,
    make: (credentials: Credentials) => HopRequest,
  ): Promise<{
    readonly hop: Hop;
    readonly outgoing: HopRequest;
    readonly authenticator: Authenticator | undefined;
    readonly authorization: Authorization | undefined;
  }> {
    const credentials = await resolveCredentials(secrets, workspace, binding);
    const { hop, authenticators } = connections.of(credentials.tls);
    const outgoing = make(credentials);
    const authenticator = authenticators(credentials.policy, { workspace, input: null });
    return { hop, outgoing, authenticator, authorization: await authenticator?.authorize(outgoing) };
  }
}

function withAuthorization(request: HopRequest, authorization: Authorization | undefined): HopRequest {
  if (authorization === undefined) return request;
  const { scheme, parameter } = authorization;
  return { ...request, headers: { ...request.headers, authorization: `${scheme} ${parameter}` } };
}

function answerOf({ status, headers: received, body }: HopResponse): BlockResponse {
  const { 'content-encoding': _unpacked, ...headers } = endToEnd(received);
  const content = bodyFrom(body.toString('utf8'), headers['content-type']);
  return { status, headers, ...(content !== undefined && { body: content }) };
}

/** What claims to be JSON but is not stays text: the caller sees what really came. */
function bodyFrom(text: string, type: string | undefined): Json | undefined {
  if (text === '') return undefined;
  if (type !== undefined && !isJsonType(type)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
