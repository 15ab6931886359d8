import { SandboxError } from '../../../contracts/problems.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { findRecords } from '../find-records.js';
import type { RegistryRecord } from '../record.js';
import { registryOf, WRITTEN, writtenContent } from '../request.js';
import type { RegistriesState } from '../state.js';
import { targetConditions } from '../target.js';
import { planChange } from '../write-records.js';

const MOST_AT_ONCE = 10_000;

/** Digital registries, updateEntries: every record that matches, all or none. */
export async function updateEntries(context: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const registry = await registryOf(context);
  const targets: RegistryRecord[] = [];
  for await (const record of findRecords(context.state, registry, targetConditions(registry, context.body))) {
    targets.push(record);
    if (targets.length > MOST_AT_ONCE) {
      const detail = `/body/query matches more than ${MOST_AT_ONCE} records; narrow it`;
      throw new SandboxError('GSB-REQ-001', { detail });
    }
  }
  const { effects } = await planChange(context, registry, targets, writtenContent(context.body), WRITTEN);
  const rule = targets.length > 0 ? 'updated' : 'nothing-to-update';
  return { status: 200, rule, body: { updated: targets.length }, effects };
}
