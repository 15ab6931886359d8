import type { BlockDeps, ServiceCaller } from '../../contracts/block.js';
import { planFaults, type Sleep } from '../kit/fault-effects.js';
import { refusalResponse } from './refusal.js';

/** The name of relaying, where a fault names an operation: it is none of the document's. */
export const RELAY = 'relay';

/**
 * The mediator with the faults of its own block: what it relays is then refused, late, lost on the way or on the way
 * back, or spoilt, whichever service it is for. Raises ConnectionLostError as the mediator does.
 */
export function createBreakableRelay(
  mediator: ServiceCaller,
  deps: Pick<BlockDeps, 'faults'> & { readonly uuid: () => string; readonly wait: Sleep },
): ServiceCaller {
  return {
    async call(workspace, call) {
      const target = {
        what: 'request',
        block: 'information-mediator',
        operationId: RELAY,
        client: call.client,
      } as const;
      const { refuse, spoil } = await planFaults(deps, workspace, target, deps.wait);
      if (refuse) {
        const message = `the fault ${refuse.faultId} is switched on`;
        const refusal = refusalResponse({ type: 'Server.ServerProxy.ServiceFailed', message }, deps.uuid());
        return {
          ...refusal,
          status: refuse.status,
          ...(refuse.body === undefined ? {} : { body: refuse.body }),
        };
      }
      const answer = await mediator.call(workspace, call);
      const { slowly, ...spoilt } = spoil.reduce((spoiling, spoilIt) => spoilIt(spoiling), answer);
      if (slowly !== undefined) await deps.wait(slowly);
      return spoilt;
    },
  };
}
