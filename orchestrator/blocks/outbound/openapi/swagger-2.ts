import { isJsonObject, type Json, type JsonObject } from '../../../../contracts/json.js';
import { members, resolve } from '../../operation-index.js';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const FORMATS: Readonly<Record<string, { readonly style: string; readonly explode: boolean }>> = {
  csv: { style: 'form', explode: false },
  ssv: { style: 'spaceDelimited', explode: false },
  tsv: { style: 'tabDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
  multi: { style: 'form', explode: true },
};

/**
 * A Swagger 2.0 document in the terms of OpenAPI 3, as far as requests go: parameters, bodies and forms, servers.
 * How a body or a form was named stays with the operation, as `x-body-name` and `x-form-fields`.
 */
export function upgradeSwagger(document: JsonObject, source: URL): JsonObject {
  const paths = members(document['paths']).map(([path, entry]) => {
    const item = resolve(document, entry);
    const operations = METHODS.flatMap((method) => {
      const operation = item[method];
      return isJsonObject(operation)
        ? [[method, upgradeOperation(document, item, operation, source)] as const]
        : [];
    });
    return [path, Object.fromEntries(operations)] as const;
  });
  return { paths: Object.fromEntries(paths), servers: serversIn(document, document['schemes'], source) };
}

function upgradeOperation(
  document: JsonObject,
  item: JsonObject,
  operation: JsonObject,
  source: URL,
): JsonObject {
  const merged = new Map<string, JsonObject>();
  for (const list of [item['parameters'], operation['parameters']]) {
    for (const entry of listOf(list)) {
      const parameter = resolve(document, entry);
      // A reference to another file stays one, for the error that names it.
      const known = Object.keys(parameter).length === 0 && isJsonObject(entry) ? entry : parameter;
      merged.set(JSON.stringify([known['in'], known['name'], known['$ref']]), known);
    }
  }
  const parameters = [...merged.values()];
  const body = parameters.find((parameter) => parameter['in'] === 'body');
  const form = parameters.filter((parameter) => parameter['in'] === 'formData');
  const consumes = textsIn(operation['consumes'] ?? document['consumes']);
  const { schemes } = operation;
  return {
    operationId: operation['operationId'],
    parameters: parameters.filter((one) => one !== body && !form.includes(one)).map(upgradeParameter),
    ...(body === undefined ? {} : { requestBody: bodyOf(body, consumes), 'x-body-name': body['name'] }),
    ...(form.length === 0 ? {} : { requestBody: formOf(form, consumes), 'x-form-fields': form.map(fieldOf) }),
    ...(schemes === undefined ? {} : { servers: serversIn(document, schemes, source) }),
  };
}

function upgradeParameter(parameter: JsonObject): JsonObject {
  const { $ref, name, required, default: preset, collectionFormat } = parameter;
  if ($ref !== undefined) return { $ref };
  const where = parameter['in'];
  const asked = FORMATS[typeof collectionFormat === 'string' ? collectionFormat : 'csv'] ?? FORMATS['csv'];
  return {
    name,
    in: where,
    required,
    ...(where === 'query' ? asked : { style: 'simple', explode: false }),
    ...(preset === undefined ? {} : { schema: { default: preset } }),
  };
}

function bodyOf(body: JsonObject, consumes: readonly string[]): JsonObject {
  const types = consumes.length === 0 ? ['application/json'] : consumes;
  return {
    required: body['required'] === true,
    content: Object.fromEntries(types.map((type) => [type, {}])),
  };
}

/** A file cannot be sent in a form that is not multipart. */
function formOf(form: readonly JsonObject[], consumes: readonly string[]): JsonObject {
  const multipart = consumes.find((type) => type.startsWith('multipart/form-data'));
  const urlencoded = consumes.find((type) => type.startsWith('application/x-www-form-urlencoded'));
  const file = form.some(({ type }) => type === 'file');
  const type = file
    ? 'multipart/form-data'
    : (urlencoded ?? multipart ?? 'application/x-www-form-urlencoded');
  return { content: { [type]: {} } };
}

function fieldOf({ name, required }: JsonObject): JsonObject {
  return { name: typeof name === 'string' ? name : '', required: required === true };
}

/** `schemes`, `host` and `basePath`: each is that of the document's own address when it is left out. https first. */
function serversIn(
  { host, basePath }: JsonObject,
  schemes: Json | undefined,
  source: URL,
): readonly JsonObject[] {
  const offered = textsIn(schemes).filter((scheme) => scheme === 'https' || scheme === 'http');
  const scheme = offered.includes('https') ? 'https' : (offered[0] ?? source.protocol.replace(':', ''));
  const path = typeof basePath === 'string' ? `/${basePath.replace(/^\/+/, '')}` : '';
  return [{ url: `${scheme}://${typeof host === 'string' && host !== '' ? host : source.host}${path}` }];
}

function textsIn(value: Json | undefined): readonly string[] {
  return listOf(value).filter((one) => typeof one === 'string');
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
