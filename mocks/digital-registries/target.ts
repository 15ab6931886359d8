import type { Json, JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { contentConditions, textCondition, type Condition } from './conditions.js';
import { fieldValue } from './field-value.js';
import { identifierText } from './record.js';
import type { Registry } from './registry.js';
import { queryContent, writtenContent } from './request.js';

/** Whether a change says which record it means: by a query, or by the identifier in what it writes. */
export function hasTarget(registry: Registry, body: Json | undefined): boolean {
  return queryContent(body) !== undefined || writtenIdentifier(registry, writtenContent(body)) !== undefined;
}

/** What the record to change must satisfy. Raises GSB-REQ-001 when the request does not say: never all records. */
export function targetConditions(registry: Registry, body: Json | undefined): readonly Condition[] {
  const query = queryContent(body);
  if (query) return contentConditions(query);
  const identifier = writtenIdentifier(registry, writtenContent(body));
  if (identifier !== undefined) return [textCondition(registry.idField, identifier)];
  const message = `is required, unless write.content has ${registry.idField}`;
  const pointer = '/body/query/content';
  throw new SandboxError('GSB-REQ-001', {
    detail: `${pointer} ${message}`,
    extensions: { errors: [{ pointer, message }] },
  });
}

function writtenIdentifier(registry: Registry, written: JsonObject): string | undefined {
  return identifierText(fieldValue(written, registry.idField));
}
