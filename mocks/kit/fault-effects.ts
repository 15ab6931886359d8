import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConnectionLostError,
  type BlockDeps,
  type BlockResponse,
  type FaultTarget,
  type Strike,
} from '../../contracts/block.js';
import type { Json } from '../../contracts/json.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { lognormal } from './chance.js';
import { malform } from './malform.js';

/** What the faults of one request do, worked out before the operation runs. */
export interface FaultPlan {
  /** Answer this instead of running the operation. */
  readonly refuse?: { readonly status: number; readonly faultId: string; readonly body?: Json };
  readonly forgetKeys: boolean;
  /** What happens to the answer, in this order, once the effects are committed. Throws ConnectionLostError to drop it. */
  readonly spoil: readonly ((answer: BlockResponse) => BlockResponse)[];
}

export type Sleep = (milliseconds: number) => Promise<unknown>;

const NOTHING: FaultPlan = { forgetKeys: false, spoil: [] };

/** Counts the strikes, waits for latency, throws `ConnectionLostError` for an outage. */
export async function planFaults(
  deps: Pick<BlockDeps, 'faults'>,
  workspace: WorkspaceId,
  target: FaultTarget,
  wait: Sleep = sleep,
): Promise<FaultPlan> {
  const strikes = await deps.faults.strike(workspace, target);
  let plan = NOTHING;
  for (const strike of strikes) {
    const delay = delayOf(strike);
    if (delay !== undefined) await wait(delay);
    plan = extend(plan, strike, target);
  }
  return plan;
}

/** Milliseconds by which a latency fault is late; undefined for every other kind. */
export function delayOf({ fault, draw }: Strike): number | undefined {
  if (fault.kind !== 'latency') return undefined;
  const { milliseconds, least, most, median, p95 } = fault;
  if (least !== undefined && most !== undefined) return Math.round(least + (most - least) * draw());
  if (median !== undefined && p95 !== undefined)
    return Math.min(LONGEST_DELAY_MS, Math.round(lognormal(median, p95, [draw(), draw()])));
  return milliseconds ?? 0;
}

const LONGEST_DELAY_MS = 600_000;

function extend(plan: FaultPlan, strike: Strike, { block, operationId }: FaultTarget): FaultPlan {
  const { fault, draw } = strike;
  const spoiling = (spoil: FaultPlan['spoil'][number]): FaultPlan => ({
    ...plan,
    spoil: [...plan.spoil, spoil],
  });
  switch (fault.kind) {
    case 'error': {
      const { id: faultId, status = 503, body } = fault;
      return { ...plan, refuse: { status, faultId, ...(body === undefined ? {} : { body }) } };
    }
    case 'outage':
      throw new ConnectionLostError(`${block} does not answer (fault ${fault.id})`, true);
    case 'timeout-after-effect':
      return spoiling(() => {
        throw new ConnectionLostError(`the connection to ${block} dropped`, false);
      });
    case 'dropped-connection':
      return spoiling((answer) => {
        const reason = `the connection to ${block} dropped in the middle of the answer to ${operationId}`;
        throw new ConnectionLostError(reason, false, answer);
      });
    case 'malformed-answer': {
      const lots = [draw(), draw()] as const;
      return spoiling((answer) => malform(answer, fault.how, lots));
    }
    case 'slow-body':
      return spoiling((answer) => ({ ...answer, slowly: fault.milliseconds }));
    case 'ignore-idempotency-key':
      return { ...plan, forgetKeys: true };
    case 'latency':
    case 'duplicate-callbacks':
    case 'out-of-order-callbacks':
    case 'lost-callbacks':
      return plan;
  }
}
