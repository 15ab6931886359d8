import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { DEEPEST_NESTING, isNestedTooDeep } from '../kit/nesting.js';
import { resolveReference } from '../kit/operation-table.js';
import { invalid } from './answers.js';
import type { SchedulerContext } from './state.js';

// ajv-formats is CommonJS: its function hangs on `default` once more under Node's ESM interop.
const addFormats = ajvFormats as unknown as (ajv: Ajv2020) => void;

/**
 * `qry` carries a nested object in the query string, in a style ("form", exploded) that OpenAPI does not define for
 * nested objects. Clients write it in three ways, and all are read: JSON text, brackets, and its members as
 * parameters of their own. The result is checked against the schema that the document declares for the operation.
 */
export type QryReader = (context: SchedulerContext) => JsonObject;

export function createQryReader(document: JsonObject): QryReader {
  const schemas = qrySchemas(document);
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    coerceTypes: 'array',
    validateSchema: false,
    logger: false,
  });
  addFormats(ajv);
  const compiled = new Map<string, ValidateFunction>();

  function validatorOf(operationId: string): ValidateFunction {
    const known = compiled.get(operationId);
    if (known) return known;
    const schema = schemas.get(operationId) ?? {};
    const validator = ajv.compile({ allOf: [schema], components: document.components ?? {} });
    compiled.set(operationId, validator);
    return validator;
  }

  return (context) => {
    const validator = validatorOf(context.operationId);
    const members = memberNames(document, schemas.get(context.operationId));
    const read = readQry(context.query, members);
    if (isNestedTooDeep(read)) throw invalid(`qry is nested deeper than ${DEEPEST_NESTING} levels`);
    const value = structuredClone<JsonObject>(read);
    if (validator(value)) return value;
    const reasons = (validator.errors ?? []).slice(0, 10).map((error) => {
      const extra = (error.params as { additionalProperty?: string }).additionalProperty;
      return `qry${error.instancePath}${extra === undefined ? '' : `/${extra}`} ${error.message ?? 'is not valid'}`;
    });
    throw invalid(reasons.join('; '));
  };
}

function qrySchemas(document: JsonObject): ReadonlyMap<string, JsonObject> {
  const schemas = new Map<string, JsonObject>();
  for (const item of Object.values((document.paths ?? {}) as JsonObject)) {
    for (const operation of Object.values(item as JsonObject)) {
      if (!isJsonObject(operation) || !Array.isArray(operation.parameters)) continue;
      for (const parameter of operation.parameters as readonly JsonObject[]) {
        const content = parameter.content as { 'application/json'?: { schema?: JsonObject } } | undefined;
        const schema = content?.['application/json']?.schema;
        if (parameter.name === 'qry' && schema) schemas.set(operation.operationId as string, schema);
      }
    }
  }
  return schemas;
}

function memberNames(document: JsonObject, schema: JsonObject | undefined): readonly string[] {
  const { properties } = resolveReference(document, schema);
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

function readQry(query: SchedulerContext['query'], members: readonly string[]): JsonObject {
  const text = query.qry;
  if (typeof text === 'string' && text !== '') return parseObject('qry', text);
  const root: Record<string, Json> = {};
  for (const [name, value] of Object.entries(query)) {
    const path = pathOf(name, members);
    if (!path) continue;
    const [last] = path.slice(-1);
    const parsed =
      typeof value === 'string' && value.trimStart().startsWith('{') ? parseObject(name, value) : value;
    if (last === '') place(root, path.slice(0, -1), typeof parsed === 'string' ? [parsed] : parsed);
    else place(root, path, parsed);
  }
  return indexedLists(root) as JsonObject;
}

/** `qry[details][name]` and `details[name]` both mean details, name. */
function pathOf(name: string, members: readonly string[]): readonly string[] | undefined {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (!match) return undefined;
  const [, head = '', rest = ''] = match;
  const steps = [...rest.matchAll(/\[([^[\]]*)\]/g)].map((step) => step[1] ?? '');
  if (head === 'qry') return steps.length === 0 ? undefined : steps;
  return members.includes(head) ? [head, ...steps] : undefined;
}

function parseObject(name: string, text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Falls through: text that is no JSON and JSON that is no object are refused alike.
  }
  throw invalid(`${name} must be a JSON object, or be given in brackets such as qry[details][name]=...`);
}

function place(root: Record<string, Json>, path: readonly string[], value: Json): void {
  let at = root;
  for (const [index, step] of path.entries()) {
    if (step === '__proto__') return;
    if (index === path.length - 1) {
      at[step] = value;
      return;
    }
    const next = at[step];
    const inner: Record<string, Json> = isJsonObject(next) ? (next as Record<string, Json>) : {};
    at[step] = inner;
    at = inner;
  }
}

/** `{0: a, 1: b}`, as brackets with numbers leave it, is the list a, b. */
function indexedLists(value: Json): Json {
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(
    ([name, member]) => [name, indexedLists(member ?? null)] as const,
  );
  const isList = entries.length > 0 && entries.every(([name], index) => name === String(index));
  return isList ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}
