import { didYouMean } from '../../../contracts/near-misses.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { fieldValue } from '../field-value.js';
import { readByIdOrUuid } from '../find-records.js';
import { registryOf } from '../request.js';
import { requestedFields } from '../requested-fields.js';
import type { RegistriesState } from '../state.js';
import { logReading } from '../usage-log.js';

/** Digital registries, readValue: one field of one record; logged as a reading of that field. */
export async function readValue(context: OperationContext<RegistriesState>): Promise<OperationAnswer> {
  const registry = await registryOf(context);
  const { uuid = '', field = '' } = context.path;
  const allowed = requestedFields(registry, context.headers);
  if (allowed && !allowed.includes(field)) {
    const detail = `/path/field ${field} is not among the fields that X-Sandbox-Fields names`;
    throw new SandboxError('GSB-REQ-001', { detail });
  }
  const record = await readByIdOrUuid(context.state, registry, uuid);
  if (!record)
    throw new SandboxError('GSB-REQ-002', { detail: `no record of ${registry._id} has this identifier` });
  const value = fieldValue(record.content, field);
  if (value === undefined)
    throw new SandboxError('GSB-REQ-002', {
      detail: `the record has no field ${field}${didYouMean(field, Object.keys(record.content))}`,
    });
  return {
    status: 200,
    rule: 'value',
    body: typeof value === 'string' ? value : { value },
    traces: logReading(context, registry, [record], [field]),
  };
}
