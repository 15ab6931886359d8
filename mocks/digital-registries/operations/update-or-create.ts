import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { findRecord } from '../find-records.js';
import { queryContent, registryOf, WRITTEN, writtenContent } from '../request.js';
import type { RegistriesState } from '../state.js';
import { hasTarget, targetConditions } from '../target.js';
import { planChange, planCreation } from '../write-records.js';

/**
 * Digital registries, updateOrCreate. A record that has to be created takes its identifier from the query when the
 * written content has none.
 */
export async function updateOrCreate(context: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const registry = await registryOf(context);
  const written = writtenContent(context.body);
  const target = hasTarget(registry, context.body)
    ? await findRecord(context.state, registry, targetConditions(registry, context.body))
    : undefined;
  if (target) {
    const { records, effects } = await planChange(context, registry, [target], written, WRITTEN);
    return { status: 200, rule: 'updated', body: { content: records[0]?.content }, effects };
  }
  const identifier = queryContent(context.body)?.[registry.idField];
  const content = identifier === undefined ? written : { [registry.idField]: identifier, ...written };
  const { records, effects } = await planCreation(context, registry, [{ content, pointer: WRITTEN }]);
  const rule = effects.length > 0 ? 'created' : 'already-there';
  return { status: 200, rule, body: { content: records[0]?.content }, effects };
}
