import {
  ConnectionLostError,
  type BlockDeps,
  type BlockId,
  type BlockRequest,
  type BlockResponse,
  type Fault,
  type Faults,
} from '../../../contracts/block.js';
import type { WorkspaceId } from '../../../contracts/ids.js';
import type { ContractOperation } from '../operation-table.js';

/** What a request meets on its way through a block, for the journal. */
export interface Trace {
  operation?: ContractOperation;
  /** The board of faults, which notes what it told. */
  readonly faults: Faults;
}

type Handle = (workspace: WorkspaceId, request: BlockRequest, trace: Trace) => Promise<BlockResponse>;

/** Hands each request and its answer to the journal, also when the connection is lost; changes neither. */
export function observed(
  { requests, faults, realClock }: Pick<BlockDeps, 'requests' | 'faults' | 'realClock'>,
  block: BlockId,
  handle: Handle,
): (workspace: WorkspaceId, request: BlockRequest) => Promise<BlockResponse> {
  if (requests === undefined) return (workspace, request) => handle(workspace, request, { faults });
  return async (workspace, request) => {
    const startedAt = realClock.now();
    const met: Fault[] = [];
    const trace: Trace = { faults: noting(faults, met) };
    const record = (outcome: { readonly response: BlockResponse } | { readonly lost: string }): void => {
      const { operation } = trace;
      requests.record(workspace, {
        block,
        ...(operation && { operationId: operation.operationId, template: operation.template }),
        request,
        ...outcome,
        answeredBy: 'mock',
        faults: met,
        startedAt,
        milliseconds: realClock.now().getTime() - startedAt.getTime(),
      });
    };
    try {
      const response = await handle(workspace, request, trace);
      record({ response });
      return response;
    } catch (error) {
      if (error instanceof ConnectionLostError) record({ lost: error.message });
      throw error;
    }
  };
}

function noting(faults: Faults, met: Fault[]): Faults {
  return {
    async strike(...asked) {
      const strikes = await faults.strike(...asked);
      met.push(...strikes.map(({ fault }) => fault));
      return strikes;
    },
  };
}
