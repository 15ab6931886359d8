import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import { members, resolve } from '../operation-index.js';

/** An operation as a comparison sees it, whichever version of OpenAPI describes it. */
export interface DescribedOperation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly DescribedParameter[];
  readonly body: { readonly required: boolean; readonly schema: JsonObject } | undefined;
  /** Schema by status, `2XX` and `default`; an empty schema where none is given. */
  readonly responses: ReadonlyMap<string, JsonObject>;
  /** Follows the document's own references. */
  readonly resolve: (value: Json | undefined) => JsonObject;
}

export interface DescribedParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
}

/** Operations without operationId are named by method and path: candidates need not name theirs. */
export function describeOperations(document: JsonObject): readonly DescribedOperation[] {
  return document['swagger'] === undefined ? describeOpenApi(document) : describeSwagger(document);
}

function describeOpenApi(document: JsonObject): readonly DescribedOperation[] {
  const follow = (value: Json | undefined): JsonObject => resolve(document, value);
  return listOperations(document).map(({ operation, item, method, path }) => {
    const id = idOf(operation, method, path);
    const body = operation['requestBody'] === undefined ? undefined : follow(operation['requestBody']);
    return {
      operationId: id,
      method,
      path,
      parameters: parametersOf(follow, item, operation),
      body: body && { required: body['required'] === true, schema: schemaIn(body) },
      responses: new Map(
        members(operation['responses']).map(([status, one]) => [status, schemaIn(follow(one))]),
      ),
      resolve: follow,
    };
  });
}

function describeSwagger(document: JsonObject): readonly DescribedOperation[] {
  const follow = (value: Json | undefined): JsonObject => resolve(document, value);
  return listOperations(document).map(({ operation, item, method, path }) => {
    const all = parameterEntries(follow, item, operation);
    const body = all.find((one) => one['in'] === 'body');
    return {
      operationId: idOf(operation, method, path),
      method,
      path,
      parameters: all.filter((one) => one !== body).map(described),
      body: body && { required: body['required'] === true, schema: objectOf(body['schema']) },
      responses: new Map(
        members(operation['responses']).map(([status, one]) => [status, objectOf(follow(one)['schema'])]),
      ),
      resolve: follow,
    };
  });
}

interface Listed {
  readonly method: string;
  readonly path: string;
  readonly item: JsonObject;
  readonly operation: JsonObject;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

function listOperations(document: JsonObject): readonly Listed[] {
  return members(document['paths']).flatMap(([path, entry]) => {
    const item = resolve(document, entry);
    const plain = METHODS.flatMap((method) => {
      const operation = item[method];
      return isJsonObject(operation) ? [{ method: method.toUpperCase(), path, item, operation }] : [];
    });
    // Our own way to say that one path has several operations of one method, told apart by query.
    const further = listOf(item['x-sandbox-operations'])
      .filter(isJsonObject)
      .map((operation) => {
        const { method } = operation;
        return { method: typeof method === 'string' ? method.toUpperCase() : '', path, item, operation };
      });
    return [...plain, ...further];
  });
}

function idOf({ operationId }: JsonObject, method: string, path: string): string {
  return typeof operationId === 'string' ? operationId : `${method} ${path}`;
}

type Follow = (value: Json | undefined) => JsonObject;

function parameterEntries(follow: Follow, item: JsonObject, operation: JsonObject): readonly JsonObject[] {
  const merged = new Map<string, JsonObject>();
  for (const list of [item['parameters'], operation['parameters']]) {
    for (const entry of listOf(list)) {
      const parameter = follow(entry);
      merged.set(JSON.stringify([parameter['in'], parameter['name']]), parameter);
    }
  }
  return [...merged.values()];
}

function parametersOf(
  follow: Follow,
  item: JsonObject,
  operation: JsonObject,
): readonly DescribedParameter[] {
  return parameterEntries(follow, item, operation).map(described);
}

function described({ name, in: where, required }: JsonObject): DescribedParameter {
  return {
    name: typeof name === 'string' ? name : '',
    in: typeof where === 'string' ? where : '',
    required: required === true || where === 'path',
  };
}

/** Of JSON, else of the first media type. */
function schemaIn({ content }: JsonObject): JsonObject {
  const types = members(content);
  const [, chosen] = types.find(([type]) => /\bjson\b/i.test(type)) ?? types[0] ?? [];
  return isJsonObject(chosen) ? objectOf(chosen['schema']) : {};
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Tells an OpenAPI document of version 2.0, 3.0 or 3.1 from any other JSON. */
export function isOpenApi(document: JsonObject): boolean {
  const { swagger, openapi } = document;
  const known =
    swagger === '2.0' || swagger === 2 || (typeof openapi === 'string' && /^3\.[01](\.|$)/.test(openapi));
  return known && members(document['paths']).length > 0;
}
