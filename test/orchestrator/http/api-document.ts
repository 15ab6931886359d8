import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import { readApiDocument } from '../../../orchestrator/http/api-docs.js';

/** The API's document, walked and made executable: what tests hold the server's answers against. */
export const apiDocument = readApiDocument();

export const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;

export interface DocumentedOperation {
  /** As the permission matrix writes it: `GET /cases/:id`. */
  readonly route: string;
  readonly path: string;
  readonly method: (typeof methods)[number];
  readonly operation: JsonObject;
  /** Those of the path and its own. */
  readonly parameters: readonly JsonObject[];
}

export function operations(): DocumentedOperation[] {
  return Object.entries(objectAt(apiDocument, 'paths')).flatMap(([path, item]) => {
    if (!isJsonObject(item)) throw new Error(`${path} is no path item`);
    return methods
      .filter((method) => method in item)
      .map((method) => {
        const operation = objectAt(item, method);
        const parameters = [...listAt(item, 'parameters'), ...listAt(operation, 'parameters')].map(resolved);
        const route = `${method.toUpperCase()} ${path.replaceAll(/\{([^}]+)\}/g, ':$1')}`;
        return { route, path, method, operation, parameters };
      });
  });
}

/** What a `$ref` leads to; the value itself when it is none. Throws when it leads nowhere. */
export function resolved(value: Json): JsonObject {
  if (!isJsonObject(value)) throw new Error(`not an object: ${JSON.stringify(value)}`);
  const { $ref } = value;
  return typeof $ref === 'string' ? resolved(target($ref)) : value;
}

export function target(ref: string): Json {
  if (!ref.startsWith('#/')) throw new Error(`${ref} leads out of the document`);
  let found: Json | undefined = apiDocument;
  for (const part of ref.slice(2).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    found = isJsonObject(found) ? found[name] : undefined;
  }
  if (found === undefined) throw new Error(`${ref} leads nowhere`);
  return found;
}

/** Calls `visit` for every object of the document with the names that lead to it. */
export function walk(visit: (value: JsonObject, path: readonly string[]) => void): void {
  const step = (value: Json | undefined, path: readonly string[]): void => {
    if (Array.isArray(value)) value.forEach((member: Json, index) => step(member, [...path, String(index)]));
    if (!isJsonObject(value)) return;
    visit(value, path);
    for (const [name, member] of Object.entries(value)) step(member, [...path, name]);
  };
  step(apiDocument, []);
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(apiDocument, 'api');

/** Violations of the schema at this place of the document; empty when the value fits. */
export function violations(place: readonly string[], value: unknown): string[] {
  const fragment = place
    .map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.getSchema(`api#/${fragment}`);
  if (validate === undefined) throw new Error(`there is no schema at ${place.join(' > ')}`);
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** Where the schema of an operation's answer stands; undefined when the document knows no such status. */
export function answerSchema(
  { path, method, operation }: DocumentedOperation,
  status: number,
): { readonly place: readonly string[]; readonly type: string } | 'no-body' | undefined {
  const own = objectAt(operation, 'responses')[String(status)];
  if (!isJsonObject(own)) return undefined;
  const { $ref } = own;
  const at =
    typeof $ref === 'string'
      ? $ref.slice(2).split('/')
      : ['paths', path, method, 'responses', String(status)];
  const { content } = resolved(own);
  if (!isJsonObject(content)) return 'no-body';
  const [type = ''] = Object.keys(content);
  return { place: [...at, 'content', type, 'schema'], type };
}

export function objectAt(value: JsonObject, name: string): JsonObject {
  const found = value[name];
  if (!isJsonObject(found)) throw new Error(`${name} is no object`);
  return found;
}

export function listAt(value: JsonObject, name: string): readonly Json[] {
  const found = value[name];
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}
