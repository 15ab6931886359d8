import {
  ConnectionLostError,
  type BlockRequest,
  type BlockResponse,
  type ServiceCall,
  type ServiceCaller,
} from '../../contracts/block.js';
import type { Exchange } from '../../contracts/exchange.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import type { Logger } from '../../contracts/logger.js';
import { isStoreUnavailable } from '../../contracts/store-unavailable.js';
import { createExchangeLog, type ExchangeLogDeps, type Started } from './exchange-log.js';
import { xRoadRequestHash } from './hashes.js';
import { clientHeaders, passedOn, valueOf } from './headers.js';
import { maskPath } from './mask-path.js';
import type { Deliver, Delivery } from './ports.js';
import { refusalResponse } from './refusal.js';
import { fieldsForLog, personIn } from './subject.js';
import { examine, type Admission, type ExamineDeps } from './examine.js';

export interface MediatorDeps extends ExchangeLogDeps, ExamineDeps {
  readonly deliver: Deliver;
  readonly logger: Logger;
  /** Names a person in the public log without giving away who it is. */
  readonly subjectKey: (workspace: WorkspaceId, identifier: string) => string;
}

/** The only way to a building block. Every caller, in-process or over HTTP, gets the same checks and the same record. */
export interface Mediator extends ServiceCaller {
  /**
   * Answers, or refuses with `X-Road-Error`. Throws ConnectionLostError when the provider was lost, or when the
   * answer could not be recorded: either way the caller cannot know what happened. Throws StoreUnavailableError
   * when a store of the sandbox is away: that is no answer of the provider, and the caller calls again, under the
   * same key, once it is back.
   */
  call(workspace: WorkspaceId, call: ServiceCall): Promise<BlockResponse>;
}

/** Makes the mediator of all workspaces. */
export function createMediator(deps: MediatorDeps): Mediator {
  const exchanges = createExchangeLog(deps);

  async function record(
    workspace: WorkspaceId,
    { call, started, admission }: { call: ServiceCall; started: Started; admission: Admission },
    result: Pick<Exchange, 'outcome' | 'status' | 'deliveredTo' | 'violations'> & { refusal?: string },
    response?: BlockResponse,
  ): Promise<void> {
    const { service, operation } = admission;
    const exchange = {
      client: admission.client,
      service: service?.id ?? admission.serviceName,
      block: service?.block ?? 'information-mediator',
      ...(operation && { operationId: operation.operationId }),
      method: call.request.method,
      path: maskPath(operation, service),
      ...(admission.kind === 'admitted' && { basis: admission.basis }),
      ...about(workspace, admission, call.request),
      ...(call.origin && { origin: call.origin }),
      ...result,
    } satisfies Parameters<typeof exchanges.record>[1]['exchange'];
    await exchanges.record(workspace, {
      exchange,
      request: call.request,
      ...(response && { response }),
      started,
    });
  }

  function about(
    workspace: WorkspaceId,
    { service, operation }: Admission,
    request: BlockRequest,
  ): Pick<Exchange, 'subject' | 'fields'> {
    if (service === undefined || operation === undefined) return {};
    const person = personIn(service, operation, request);
    if (person === undefined) return {};
    return { subject: deps.subjectKey(workspace, person), fields: fieldsForLog(request, operation) };
  }

  async function deliver(
    workspace: WorkspaceId,
    admission: Extract<Admission, { kind: 'admitted' }>,
    request: BlockRequest,
  ): Promise<Delivery> {
    try {
      return await deps.deliver(workspace, admission.service, request, admission.operation.operationId);
    } catch (cause) {
      if (isStoreUnavailable(cause)) throw cause;
      deps.logger.error(
        { err: cause, service: admission.service.id, workspace },
        'a delivery failed unexpectedly',
      );
      const error = new ConnectionLostError(`${admission.service.id} failed unexpectedly`, false);
      return { kind: 'lost', deliveredTo: 'unknown', error };
    }
  }

  async function admit(workspace: WorkspaceId, call: ServiceCall, started: Started): Promise<Admission> {
    try {
      return await examine(deps, workspace, call, started.time);
    } catch (cause) {
      if (isStoreUnavailable(cause)) throw cause;
      deps.logger.error({ err: cause, workspace }, 'a call could not be examined');
      throw new ConnectionLostError('the mediator could not check the call', true);
    }
  }

  return {
    async call(workspace, call) {
      const started = exchanges.start(workspace);
      const messageId = valueOf(call.request.headers, 'x-road-id') ?? deps.uuid();
      const requestId = deps.uuid();
      const admission = await admit(workspace, call, started);
      const noted = { call, started, admission };
      if (admission.kind === 'refused') {
        const response = refusalResponse(admission.refusal, requestId);
        const { message } = admission.refusal;
        const result = {
          outcome: 'refused',
          status: response.status,
          deliveredTo: 'none',
          refusal: message,
        } as const;
        await record(workspace, noted, result, response);
        return response;
      }
      const { service, client } = admission;
      const request: BlockRequest = {
        ...call.request,
        path: admission.blockPath,
        headers: {
          accept: 'application/json',
          ...passedOn(call.request.headers),
          ...clientHeaders(client),
          'x-road-id': messageId,
        },
        ...(call.origin && { origin: call.origin }),
      };
      const delivery = await deliver(workspace, admission, request);
      const { deliveredTo } = delivery;
      if (delivery.kind === 'lost') {
        const { error } = delivery;
        // Status 0: no answer came.
        await record(workspace, noted, {
          outcome: 'unreachable',
          status: 0,
          deliveredTo,
          refusal: error.message,
        });
        throw error;
      }
      const { response, violations } = delivery;
      try {
        await record(
          workspace,
          noted,
          {
            outcome: 'answered',
            status: response.status,
            deliveredTo,
            ...(violations && { violations }),
          },
          response,
        );
      } catch (cause) {
        if (isStoreUnavailable(cause)) throw cause;
        deps.logger.error(
          { err: cause, service: service.id, workspace },
          'an exchange could not be recorded',
        );
        throw new ConnectionLostError('the exchange could not be recorded in the message log', false);
      }
      return {
        ...response,
        headers: {
          ...passedOn(response.headers),
          'x-road-client': client,
          'x-road-service': service.id,
          'x-road-id': messageId,
          'x-road-request-id': requestId,
          'x-road-request-hash': xRoadRequestHash(
            `${request.method} ${request.path}`,
            request.headers,
            request.body,
          ),
        },
      };
    },
  };
}
