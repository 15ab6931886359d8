import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { findRecord } from '../find-records.js';
import { registryOf, WRITTEN, writtenContent } from '../request.js';
import type { RegistriesState } from '../state.js';
import { targetConditions } from '../target.js';
import { planChange } from '../write-records.js';

/** Digital registries, update: one record; when none matches nothing changes and the answer is 200 all the same. */
export async function update(context: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const registry = await registryOf(context);
  const target = await findRecord(context.state, registry, targetConditions(registry, context.body));
  if (!target) return { status: 200, rule: 'nothing-to-update', body: { updated: 0 } };
  const { effects } = await planChange(context, registry, [target], writtenContent(context.body), WRITTEN);
  return { status: 200, rule: 'updated', body: { updated: 1 }, effects };
}
