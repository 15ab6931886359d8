import { isJsonObject } from '../../../contracts/json.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { contentConditions } from '../conditions.js';
import { findRecord } from '../find-records.js';
import { personOutcome, refuseRecord } from '../outcomes.js';
import { queryContent, registryOf } from '../request.js';
import { assertSearchable, requestedFields } from '../requested-fields.js';
import type { RegistriesState } from '../state.js';
import { logReading } from '../usage-log.js';

/** Digital registries, exists: confirming what a record holds is a reading of those fields, so it is logged. */
export async function exists(context: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const registry = await registryOf(context);
  // The older dialect sends the content by itself.
  const wanted = queryContent(context.body) ?? (isJsonObject(context.body) ? context.body : {});
  const searched = Object.keys(wanted);
  assertSearchable(registry, searched, requestedFields(registry, context.headers));
  const special = personOutcome(registry, wanted);
  if (special === 'locked') return refuseRecord(special);
  const found = await findRecord(context.state, registry, contentConditions(wanted));
  return {
    status: 200,
    traces: found ? logReading(context, registry, [found], searched) : [],
    rule: found ? 'found' : 'no-record',
    body: {
      answer: { status: found !== undefined, message: found ? 'A record matches' : 'No record matches' },
    },
  };
}
