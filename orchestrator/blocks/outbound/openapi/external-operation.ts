import { isJsonObject, type Json, type JsonObject } from '../../../../contracts/json.js';
import {
  indexOperations,
  members,
  resolve,
  type DocumentedOperation,
  type Parameter,
} from '../../operation-index.js';
import { OutboundError, shown } from '../outbound-error.js';
import { serversOf } from './servers.js';
import { upgradeSwagger } from './swagger-2.js';

/** An operation of somebody else's OpenAPI document, whatever its version, with all that a request is made of. */
export interface ExternalOperation extends DocumentedOperation {
  /** Where the operation is, without a slash at the end. */
  readonly server: string;
  /** The names under which a Swagger 2.0 document takes the body, or its parts. */
  readonly bodyName?: string | undefined;
  readonly formFields?: readonly FormField[] | undefined;
}

export interface FormField {
  readonly name: string;
  readonly required: boolean;
}

export interface ExternalOperations {
  /** Of the document, for errors. */
  readonly address: string;
  /** Raises `configuration` for an operation that cannot be called, such as one whose references lead to other files. */
  get(operationId: string): ExternalOperation | undefined;
  readonly ids: readonly string[];
}

/** Raises `configuration` for a version that is none of 2.0, 3.0, 3.1. `source` is where the document came from. */
export function externalOperations(document: JsonObject, source: URL): ExternalOperations {
  const address = shown(source);
  const version = versionOf(document);
  if (version === undefined)
    throw new OutboundError(
      'configuration',
      `${address} is not an OpenAPI document of version 2.0, 3.0 or 3.1.`,
    );
  const upgraded = version === 2 ? upgradeSwagger(document, source) : document;
  const index = indexOperations(upgraded);
  return {
    address,
    ids: [...index.keys()],
    get: (operationId) => {
      const operation = index.get(operationId);
      if (operation === undefined) return undefined;
      const item = resolve(
        upgraded,
        members(upgraded.paths).find(([path]) => path === operation.template)?.[1],
      );
      const described = item[operation.method.toLowerCase()];
      const own = isJsonObject(described) ? described : {};
      refuseForeignReferences(address, operationId, item, own);
      return {
        ...operation,
        parameters: [...operation.parameters, ...apiKeys(document, operation.parameters)],
        server: serversOf(upgraded, item, own, source),
        ...(version === 2 ? namesOf(own) : {}),
      };
    },
  };
}

/** Written by `upgradeSwagger`; in any other document these members would be somebody else's. */
function namesOf(operation: JsonObject): Pick<ExternalOperation, 'bodyName' | 'formFields'> {
  const { 'x-body-name': bodyName, 'x-form-fields': formFields } = operation;
  return {
    ...(typeof bodyName === 'string' ? { bodyName } : {}),
    ...(Array.isArray(formFields) ? { formFields: formFields } : {}),
  };
}

/** Keys of the document's security schemes can be given like parameters: the workflow language has no policy for them. */
function apiKeys(document: JsonObject, known: readonly Parameter[]): readonly Parameter[] {
  const components = isJsonObject(document['components']) ? document['components'] : {};
  return members(document['securityDefinitions'] ?? components['securitySchemes']).flatMap(([, entry]) => {
    const { type, name, in: where } = resolve(document, entry);
    if (type !== 'apiKey' || typeof name !== 'string') return [];
    if (where !== 'query' && where !== 'header' && where !== 'cookie') return [];
    if (known.some((parameter) => parameter.name.toLowerCase() === name.toLowerCase())) return [];
    return [{ name, in: where, required: false, style: 'form', explode: true, json: false }];
  });
}

function versionOf({ swagger, openapi }: JsonObject): 2 | 3 | undefined {
  // YAML reads an unquoted 2.0 as a number.
  if (swagger === '2.0' || swagger === 2) return 2;
  return typeof openapi === 'string' && /^3\.[01](\.|$)/.test(openapi) ? 3 : undefined;
}

/** Only references within the document are followed; without them a parameter would silently be missing. */
function refuseForeignReferences(
  address: string,
  operationId: string,
  item: JsonObject,
  operation: JsonObject,
): void {
  const entries = [item['parameters'], operation['parameters'], [operation['requestBody']]].flatMap((list) =>
    Array.isArray(list) ? (list as readonly (Json | undefined)[]) : [],
  );
  const foreign = entries
    .map((entry) => (isJsonObject(entry) ? entry['$ref'] : undefined))
    .find(leadsElsewhere);
  if (foreign !== undefined)
    throw new OutboundError(
      'configuration',
      `The operation ${operationId} of ${address} refers to ${foreign}. Only references within the document are followed.`,
    );
}

function leadsElsewhere(reference: Json | undefined): reference is string {
  return typeof reference === 'string' && !reference.startsWith('#');
}
