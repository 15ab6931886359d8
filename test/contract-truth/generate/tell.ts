import type { MockServer } from '../../../app/mock-server.js';
import type { BlockId } from '../../../contracts/block.js';
import { createOperationTable } from '../../../mocks/kit/operation-table.js';
import type { Played } from './play.js';

/** How many of each status, by block. */
export function tell(played: readonly Played[], seed: number): void {
  for (const { block, requests, answered } of played) {
    const byStatus = new Map<string, number>();
    for (const [key, count] of answered) {
      const status = key.split(' ').at(-1) ?? '';
      byStatus.set(status, (byStatus.get(status) ?? 0) + count);
    }
    const list = [...byStatus].sort().map(([status, count]) => `${status}: ${count}`);
    process.stdout.write(`${block}: ${requests} generated requests (seed ${seed}): ${list.join(', ')}\n`);
  }
}

/** Which declared answers nobody has seen. */
export function tellUnreached(played: readonly Played[], servers: ReadonlyMap<BlockId, MockServer>): void {
  for (const { block, answered } of played) {
    const declared = createOperationTable(servers.get(block)?.openapi ?? {}).operations.flatMap(
      ({ operationId, operation }) =>
        Object.keys(operation['responses'] as object).map((status) => `${operationId} ${status}`),
    );
    const unreached = declared.filter((key) => !answered.has(key) && !key.endsWith('default'));
    process.stdout.write(
      `${block}: of ${declared.length} declared answers never seen: ${unreached.join(', ')}\n`,
    );
  }
}
