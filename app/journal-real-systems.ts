import type { RequestRecorder } from '../contracts/block.js';
import type { Clock } from '../contracts/clock.js';
import type { Deliver, OperationOf } from '../mocks/information-mediator/ports.js';
import type { Bindings } from '../orchestrator/blocks/bindings.js';

/**
 * Delivers to what is bound, and notes what a real system was asked: mocks note that themselves, whichever way a request
 * reaches them.
 */
export function journalRealSystems({
  bindings,
  requests,
  operationOf,
  realClock,
}: {
  readonly bindings: Pick<Bindings, 'deliver'>;
  readonly requests: RequestRecorder | undefined;
  readonly operationOf: OperationOf;
  readonly realClock: Clock;
}): Deliver {
  return async (workspace, service, request, operationId) => {
    const startedAt = realClock.now();
    const delivered = await bindings.deliver(workspace, service, request, operationId);
    if (requests === undefined || delivered.deliveredTo.startsWith('mock')) return delivered;
    const operation = operationOf(service.block, request);
    requests.record(workspace, {
      block: service.block,
      ...(operation && { operationId: operation.operationId, template: operation.template }),
      request,
      ...(delivered.kind === 'answered'
        ? { response: delivered.response }
        : { lost: delivered.error.message }),
      answeredBy: delivered.deliveredTo,
      faults: [],
      startedAt,
      milliseconds: realClock.now().getTime() - startedAt.getTime(),
    });
    return delivered;
  };
}
