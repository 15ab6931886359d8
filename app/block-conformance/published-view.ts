import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';

/**
 * Our documents say more than the specification: members marked `x-sandbox-extension`, answers that hold nothing else.
 * A candidate owes none of it, so here it is taken back: such members are not required, an answer made of them alone
 * declares no body, and answers may hold members that our document does not name. Limits of ours go too, unless `limits`
 * says that the specification has them.
 */
export function publishedView(document: JsonObject, limits: boolean): JsonObject {
  return { ...document, ...(viewOf(limits ? document : withoutLimits(document)) as JsonObject) };
}

function viewOf(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => viewOf(item) as Json);
  if (!isJsonObject(value)) return value;
  const seen: Record<string, Json | undefined> = {};
  for (const [name, member] of Object.entries(value)) {
    if (name === 'example' || name === 'examples') continue;
    if (name === 'responses' && isJsonObject(member)) seen[name] = responsesView(member);
    else if (name === 'required' && Array.isArray(member)) seen[name] = requiredView(value, member);
    else if (name !== 'parameters' || !Array.isArray(member)) seen[name] = viewOf(member);
    else seen[name] = member;
  }
  return seen;
}

function responsesView(responses: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const open = opened(viewOf(response));
      if (!isJsonObject(open) || !isJsonObject(open.content)) return [status, open];
      const { content, ...rest } = open;
      return [status, Object.values(content).every(holdsExtensionsOnly) ? rest : open];
    }),
  );
}

function requiredView(schema: JsonObject, required: readonly Json[]): readonly Json[] {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  return required.filter((name) => typeof name !== 'string' || !isExtension(properties[name]));
}

function isExtension(schema: Json | undefined): boolean {
  return isJsonObject(schema) && schema['x-sandbox-extension'] === true;
}

function holdsExtensionsOnly(media: Json | undefined): boolean {
  if (!isJsonObject(media) || !isJsonObject(media.schema)) return false;
  const { properties } = media.schema;
  return (
    isJsonObject(properties) &&
    Object.keys(properties).length > 0 &&
    Object.values(properties).every(isExtension)
  );
}

function opened(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => opened(item) as Json);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).filter(
    ([name, member]) => name !== 'additionalProperties' || member !== false,
  );
  return Object.fromEntries(members.map(([name, member]) => [name, opened(member)]));
}

const LIMITS = new Set([
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'minItems',
  'maxItems',
  'minProperties',
]);

/** Choices of a parameter are limits as well. */
function withoutLimits(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withoutLimits(item) as Json);
  if (!isJsonObject(value)) return value;
  const isParameter = typeof value.in === 'string' && isJsonObject(value.schema);
  const members = Object.entries(value).flatMap(([name, member]): [string, Json | undefined][] => {
    // Below `properties` a name is somebody's member, not a rule.
    if (name === 'properties' && isJsonObject(member))
      return [
        [
          name,
          Object.fromEntries(Object.entries(member).map(([own, schema]) => [own, withoutLimits(schema)])),
        ],
      ];
    if (LIMITS.has(name)) return [];
    if (isParameter && name === 'schema' && isJsonObject(member)) {
      const { enum: _choices, ...schema } = member;
      return [[name, withoutLimits(schema)]];
    }
    return [[name, withoutLimits(member)]];
  });
  return Object.fromEntries(members);
}
