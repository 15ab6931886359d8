import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionLostError, type BlockDeps, type BlockId, type Fault } from '../../contracts/block.js';
import type { WorkspaceId } from '../../contracts/ids.js';

/** What the faults of one request do, worked out before the operation runs. */
export interface FaultPlan {
  /** Answer this instead of running the operation. */
  readonly refuse?: { readonly status: number; readonly faultId: string };
  readonly forgetKeys: boolean;
  /** Drops the connection, after the effects are committed. */
  readonly dropAfter: boolean;
}

export type Sleep = (milliseconds: number) => Promise<unknown>;

const NOTHING: FaultPlan = { forgetKeys: false, dropAfter: false };

/** Counts the uses, waits for latency, throws `ConnectionLostError` for an outage. */
export async function planFaults(
  deps: Pick<BlockDeps, 'faults'>,
  workspace: WorkspaceId,
  block: BlockId,
  operationId: string,
  wait: Sleep = sleep,
): Promise<FaultPlan> {
  const faults = await deps.faults.active(workspace, block, operationId);
  if (faults.length === 0) return NOTHING;
  let plan = NOTHING;
  for (const fault of faults) {
    if (fault.times !== undefined) await deps.faults.used(workspace, fault.id);
    if (fault.kind === 'latency') await wait(fault.milliseconds ?? 0);
    else plan = extend(plan, fault, block);
  }
  return plan;
}

function extend(plan: FaultPlan, fault: Fault, block: BlockId): FaultPlan {
  switch (fault.kind) {
    case 'error':
      return { ...plan, refuse: { status: fault.status ?? 503, faultId: fault.id } };
    case 'outage':
      throw new ConnectionLostError(`${block} does not answer (fault ${fault.id})`, true);
    case 'timeout-after-effect':
      return { ...plan, dropAfter: true };
    case 'ignore-idempotency-key':
      return { ...plan, forgetKeys: true };
    case 'latency':
      return plan;
  }
}
