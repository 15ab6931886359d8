import type { Dispatcher } from 'undici';
import type {
  CallEffect,
  EffectOrigin,
  EffectOutcome,
  OutboundCalls,
} from '../../../contracts/catalog-function.js';
import { effectKey, pointerOf, standardError } from '../../engine/index.js';
import { outputOf } from './answer.js';
import { createAuthenticators } from './authentication/authenticators.js';
import { createDiscovery } from './authentication/discovery.js';
import type { DigestSessions } from './authentication/digest.js';
import { createTokenCache } from './authentication/token-cache.js';
import type { Egress } from './egress/egress.js';
import { exchange } from './exchange.js';
import { createHop, type HostMap } from './hop.js';
import { planHttpCall, type PlannedCall } from './http-call.js';
import { createDocuments } from './openapi/documents.js';
import { planOpenApiCall } from './openapi/openapi-call.js';
import { OutboundError } from './outbound-error.js';
import { withinTime } from './within-time.js';

export interface OutboundDeps {
  /** The pool of connections, from `createOutboundAgent`. */
  readonly dispatcher: Dispatcher;
  readonly egress: Pick<Egress, 'check'>;
  /** The real clock: tokens and documents age by it. */
  readonly now: () => Date;
  /** Text that nobody can guess, of letters and digits. */
  readonly nonce: () => string;
  readonly idempotencyKey: (run: string, taskKey: string) => string;
  /** For one call from its first request to its last byte; 30 seconds unless told. */
  readonly timeoutMs?: number;
  /** In bytes, unpacked; 10 MB unless told. */
  readonly largestAnswer?: number;
  readonly hostMap?: HostMap;
}

/**
 * Calls that leave the sandbox: `call: http`, and `call: openapi` with a document that is no building block's.
 * Everything they fetch, documents and tokens included, goes through the egress rules.
 */
export function createOutboundCalls(deps: OutboundDeps): OutboundCalls {
  const { now, nonce, timeoutMs = 30_000, largestAnswer = 10 * 1024 * 1024 } = deps;
  const hop = createHop({ ...deps, largestAnswer });
  const deadline = (): AbortSignal => AbortSignal.timeout(timeoutMs);
  const sessions: DigestSessions = new Map();
  const authenticators = createAuthenticators({
    hop,
    sessions,
    now,
    nonce,
    deadline,
    discover: createDiscovery(hop, now),
    tokens: createTokenCache(now),
  });
  const documents = createDocuments({ hop, now, deadline });

  const plan = async (effect: CallEffect, { run, identity }: EffectOrigin): Promise<PlannedCall> => {
    // As for building blocks: retries are one request, and a run that is run again is known as the first one.
    const task = effectKey(effect.key) + (identity?.mark ?? '');
    const own = { 'idempotency-key': deps.idempotencyKey(identity?.run ?? run.id, task) };
    if (effect.task.call === 'http') return planHttpCall(effect, own, nonce);
    const authenticator = authenticators(effect.documentAuthentication, {
      workspace: run.workspace,
      input: effect.input,
    });
    return planOpenApiCall(effect, own, nonce, (url) =>
      documents.read(url, { workspace: run.workspace, policy: effect.documentAuthentication, authenticator }),
    );
  };

  return async (effect, origin) => {
    try {
      const { request, output, redirect } = await plan(effect, origin);
      const authenticator = authenticators(effect.authentication, {
        workspace: origin.run.workspace,
        input: effect.input,
      });
      const answered = await withinTime(timeoutMs, (signal) =>
        exchange(hop, request, { authenticator, redirect, signal }),
      );
      return {
        kind: 'output',
        output: outputOf(request, answered, output, redirect),
        ...(answered.authorization === undefined ? {} : { authorization: answered.authorization }),
      };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return failed(effect.key, error);
    }
  };
}

function failed(key: string, { kind, detail, status, title }: OutboundError): EffectOutcome {
  const options = {
    ...(status === undefined ? {} : { status }),
    ...(title === undefined ? {} : { title }),
  };
  return { kind: 'error', error: standardError(kind, pointerOf(key), detail, options).error };
}
