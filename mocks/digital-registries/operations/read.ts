import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { contentConditions } from '../conditions.js';
import { findRecord } from '../find-records.js';
import { magicRule } from '../../kit/magic.js';
import { asDeceased, personOutcome, refuseRecord } from '../outcomes.js';
import { queryContent, registryOf } from '../request.js';
import { assertSearchable, onlyFields, requestedFields } from '../requested-fields.js';
import type { RegistriesState } from '../state.js';
import { logReading } from '../usage-log.js';

/** Digital registries, read: the first record that matches, cut to the requested fields; logged. */
export async function read(context: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const registry = await registryOf(context);
  const fields = requestedFields(registry, context.headers);
  const wanted = queryContent(context.body) ?? {};
  assertSearchable(registry, Object.keys(wanted), fields);
  const special = personOutcome(registry, wanted);
  if (special === 'locked') return refuseRecord(special);
  const found = await findRecord(context.state, registry, contentConditions(wanted));
  if (!found) return { status: 404, rule: 'no-record', body: { detail: 'no record found' } };
  if (special === 'multiple-matches') return refuseRecord(special);
  const content = special === 'deceased' ? asDeceased(registry, found.content) : found.content;
  return {
    status: 200,
    traces: logReading(context, registry, [found], fields),
    rule: special === undefined ? 'found' : magicRule(special),
    body: { content: onlyFields(content, fields) },
  };
}
