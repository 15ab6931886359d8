import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { parse } from 'yaml';

import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { useCaseSchema } from '../../contracts/use-case.js';
import { readYaml } from './use-case-files.js';

/** The blocks' own OpenAPI documents, as far as a caller must keep to them. */
export interface BlockOperation {
  readonly parameters: ReadonlyMap<string, { readonly in: string; readonly required: boolean }>;
  /** JSON pointer to the schema of the request body. */
  readonly bodySchema?: string;
}

export const manifest = useCaseSchema.parse(readYaml('use-case.yaml'));

const addFormats = addFormatsModule.default;
const blocks = new Map<
  string,
  { operations: ReadonlyMap<string, BlockOperation>; ajv: Ajv2020; bodies: Map<string, ValidateFunction> }
>();

function load(block: string): ReturnType<typeof blocks.get> {
  const known = blocks.get(block);
  const place = new URL(`../../mocks/${block}/openapi.yaml`, import.meta.url);
  if (known !== undefined || !existsSync(place)) return known;
  const document = parse(readFileSync(place, 'utf8')) as JsonObject;
  const ajv = new Ajv2020({ strict: false, validateSchema: false });
  addFormats(ajv);
  ajv.addSchema(document, 'block');
  const made = { operations: operationsIn(document), ajv, bodies: new Map<string, ValidateFunction>() };
  blocks.set(block, made);
  return made;
}

export function operationsOf(block: string): ReadonlyMap<string, BlockOperation> | undefined {
  return load(block)?.operations;
}

/** What is wrong with a body that a workflow sends; undefined when it fits, or has no schema. */
export function bodyViolation(
  service: string,
  operationId: string,
  body: Json | undefined,
): string | undefined {
  const block = load(manifest.services[service]?.block ?? '');
  const schema = block?.operations.get(operationId)?.bodySchema;
  if (block === undefined || schema === undefined) return undefined;
  const validate = block.bodies.get(operationId) ?? block.ajv.compile({ $ref: `block#${schema}` });
  block.bodies.set(operationId, validate);
  const fits: boolean = validate(body);
  return fits ? undefined : `${operationId}: ${block.ajv.errorsText(validate.errors)}`;
}

function operationsIn(document: JsonObject): Map<string, BlockOperation> {
  const found = new Map<string, BlockOperation>();
  for (const [path, item] of Object.entries((document['paths'] ?? {}) as Record<string, JsonObject>)) {
    const further = (item['x-sandbox-operations'] ?? []) as readonly JsonObject[];
    const listed: [string, Json | undefined][] = [
      ...Object.entries(item),
      ...further.map((operation, index): [string, JsonObject] => [
        `x-sandbox-operations/${index}`,
        operation,
      ]),
    ];
    for (const [at, operation] of listed) {
      if (!isJsonObject(operation) || typeof operation['operationId'] !== 'string') continue;
      const pointer = `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${at}/requestBody`;
      found.set(operation['operationId'], describeOperation(document, item, operation, pointer));
    }
  }
  return found;
}

function describeOperation(
  document: JsonObject,
  item: JsonObject,
  operation: JsonObject,
  pointer: string,
): BlockOperation {
  const lists = [item['parameters'], operation['parameters']].flatMap(
    (list) => (list ?? []) as readonly Json[],
  );
  const parameters = lists.map((parameter) => resolved(document, parameter as JsonObject));
  const body = operation['requestBody'] as JsonObject | undefined;
  const reference = body?.['$ref'];
  const holder = typeof reference === 'string' ? reference.slice(1) : pointer;
  return {
    parameters: new Map(
      parameters.map((one) => [
        one['name'] as string,
        { in: one['in'] as string, required: one['required'] === true },
      ]),
    ),
    ...(body === undefined ? {} : { bodySchema: `${holder}/content/application~1json/schema` }),
  };
}

function resolved(document: JsonObject, value: JsonObject): JsonObject {
  const reference = value['$ref'];
  if (typeof reference !== 'string') return value;
  const steps = reference.slice(2).split('/');
  return steps.reduce<Json | undefined>(
    (part, key) => (isJsonObject(part) ? part[key] : undefined),
    document,
  ) as JsonObject;
}
