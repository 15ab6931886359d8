import {
  ConnectionLostError,
  type BlockId,
  type BlockResponse,
  type CallOrigin,
  type ServiceCaller,
} from '../../contracts/block.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import { ownValue } from '../../contracts/own-value.js';
import { SandboxError } from '../../contracts/problems.js';
import type { UseCaseManifest } from '../../contracts/use-case.js';
import { toBlockRequest, type OpenApiCall } from './openapi-call.js';
import { indexOperations, type OperationIndex } from './operation-index.js';

export interface BlockCall extends OpenApiCall {
  /** As in `govstack://<alias>/openapi.json`. */
  readonly alias: string;
  readonly origin?: CallOrigin;
  readonly timeoutMs?: number;
}

export type BlockCallResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** Null when there was none. */
      readonly body: Json;
      /** What was sent; `uri` is below the service, as `govstack://<alias>/...`. */
      readonly request: { readonly method: string; readonly uri: string };
    }
  /** Unless `beforeEffect`, nobody knows whether the effect happened. */
  | { readonly kind: 'lost'; readonly beforeEffect: boolean; readonly reason: string }
  /** It answered with success, but nobody can read what: after a write it is as unclear as a lost answer. */
  | { readonly kind: 'malformed'; readonly reason: string };

export interface BlockCaller {
  /**
   * Calls an operation of a service that the use case declares, through the mediator. Raises GSB-DEF-003 for an
   * unknown alias, GSB-BLK-003 and GSB-REQ-001 as `toBlockRequest` does: none of them was sent.
   */
  call(workspace: WorkspaceId, useCaseId: string, call: BlockCall): Promise<BlockCallResult>;
}

export interface BlockCallerDeps {
  readonly services: ServiceCaller;
  readonly useCase: (id: string) => Pick<UseCaseManifest, 'client' | 'services'> | undefined;
  readonly openapiOf: (block: BlockId) => JsonObject | undefined;
  /** Why a successful answer cannot be read as its contract says; undefined when it can. Nothing is checked when absent. */
  readonly unreadable?: (block: BlockId, operationId: string, answer: BlockResponse) => string | undefined;
  /** Runs something later; returns what takes it back. By default a timer of the process. */
  readonly after?: After;
}

export type After = (milliseconds: number, run: () => void) => () => void;

const processTimer: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

export function createBlockCaller({
  services,
  useCase,
  openapiOf,
  unreadable = () => undefined,
  after = processTimer,
}: BlockCallerDeps): BlockCaller {
  const indexes = new Map<BlockId, OperationIndex>();

  function operationsOf(block: BlockId): OperationIndex {
    const known = indexes.get(block);
    if (known) return known;
    const document = openapiOf(block);
    if (!document)
      throw new SandboxError('GSB-BLK-003', { detail: `no OpenAPI document for the block ${block}` });
    const index = indexOperations(document);
    indexes.set(block, index);
    return index;
  }

  function withTimeout(
    answer: Promise<BlockResponse>,
    timeoutMs: number | undefined,
  ): Promise<BlockResponse> {
    if (timeoutMs === undefined) return answer;
    return new Promise((resolve, reject) => {
      const cancel = after(timeoutMs, () =>
        reject(new ConnectionLostError(`no answer within ${timeoutMs} ms`, false)),
      );
      // The call goes on and is recorded all the same; only nobody waits for it any more.
      answer.finally(cancel).then(resolve, reject);
    });
  }

  function unreadableBy(block: BlockId, operationId: string, answer: BlockResponse): string | undefined {
    if (answer.unparsed === true) return 'the body is no JSON, although its content type says so';
    return unreadable(block, operationId, answer);
  }

  return {
    async call(workspace, useCaseId, call) {
      const manifest = useCase(useCaseId);
      const service = manifest && ownValue(manifest.services, call.alias);
      if (!manifest || !service) {
        throw new SandboxError('GSB-DEF-003', {
          detail: `use case ${useCaseId} declares no service ${call.alias} (document govstack://${call.alias}/openapi.json)`,
        });
      }
      const request = toBlockRequest(operationsOf(service.block), service, call);
      const answer = services.call(workspace, {
        client: manifest.client,
        service: `${service.provider}/${service.code}`,
        request,
        ...(call.origin && { origin: call.origin }),
      });
      try {
        const response = await withTimeout(answer, call.timeoutMs);
        const { status, headers, body } = response;
        const why = status < 300 ? unreadableBy(service.block, call.operationId, response) : undefined;
        if (why !== undefined) return { kind: 'malformed', reason: why };
        const sent = { method: request.method, uri: `govstack://${call.alias}${request.path}` };
        return { kind: 'answered', status, headers, body: body ?? null, request: sent };
      } catch (error) {
        if (!(error instanceof ConnectionLostError)) throw error;
        return { kind: 'lost', beforeEffect: error.beforeEffect, reason: error.message };
      }
    },
  };
}
