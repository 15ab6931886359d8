import {
  ConnectionLostError,
  type BlockId,
  type BlockRequest,
  type ServiceCaller,
} from '../contracts/block.js';
import type { Unreadable } from '../mocks/kit/unreadable-answers.js';

export interface ReadableServicesDeps {
  readonly services: ServiceCaller;
  readonly service: (id: string) => { readonly block: BlockId; readonly basePath?: string } | undefined;
  readonly operationOf: (
    block: BlockId,
    request: Pick<BlockRequest, 'method' | 'path' | 'query'>,
  ) => { readonly operationId: string } | undefined;
  readonly unreadable: Unreadable;
}

/**
 * The services as one block calls another's: an answer that its contract does not allow is as good as none, and the
 * caller asks again, under the same numbers, as after a lost connection.
 */
export function createReadableServices(deps: ReadableServicesDeps): ServiceCaller {
  return {
    async call(workspace, call) {
      const response = await deps.services.call(workspace, call);
      if (response.status >= 300) return response;
      const lost = (why: string): ConnectionLostError =>
        new ConnectionLostError(`${call.service} answered outside its contract: ${why}`, false);
      if (response.unparsed === true) throw lost('the body is no JSON, although its content type says so');
      const service = deps.service(call.service);
      if (service === undefined) return response;
      const request = { ...call.request, path: `${service.basePath ?? ''}${call.request.path}` };
      const operation = deps.operationOf(service.block, request);
      const why = operation && deps.unreadable(service.block, operation.operationId, response);
      if (why !== undefined) throw lost(why);
      return response;
    },
  };
}
