import type { BlockRequest } from '../../../contracts/block.js';
import { isJsonObject, textOf, type Json, type JsonObject } from '../../../contracts/json.js';
import type { ContractCheck } from '../../../mocks/kit/contract-check.js';
import { resolveReference, type ContractOperation } from '../../../mocks/kit/operation-table.js';

const CLIENT = 'SANDBOX/GOV/TRAINING/CONSOLE';
const DEEPEST = 8;

/** A request that the contract takes, made of the examples and the rules of its schemas; undefined where that fails. */
export function exampleRequest(
  document: JsonObject,
  check: ContractCheck,
  operation: ContractOperation,
): BlockRequest | undefined {
  const path: Record<string, string> = {};
  const query: Record<string, string> = { ...operation.when };
  const headers: Record<string, string> = { 'x-govstack-client': CLIENT };
  for (const parameter of operation.parameters) {
    const { in: where, name, required } = parameter;
    if (typeof name !== 'string' || (where !== 'path' && required !== true)) continue;
    const value = textOf(
      parameter['example'] ??
        sample(document, isJsonObject(parameter.schema) ? parameter.schema : {}, name, 0),
    );
    if (where === 'path') path[name] = value;
    else if (where === 'query') query[name] ??= value;
    else if (where === 'header' && !name.toLowerCase().endsWith('-client'))
      headers[name.toLowerCase()] = value;
  }
  const body = bodyOf(document, operation);
  if (body !== undefined) headers['content-type'] = 'application/json';
  const withClient = { ...headers, 'information-mediator-client': CLIENT, 'x-road-client': CLIENT };
  const errors = check.request(operation, { path, query, headers: withClient, body });
  if (errors.length > 0) return undefined;
  const filled = operation.template.replaceAll(/\{([^}]+)\}/g, (_whole, name: string) =>
    encodeURIComponent(path[name] ?? 'x'),
  );
  return { method: operation.method, path: filled, query, headers, ...(body === undefined ? {} : { body }) };
}

function bodyOf(document: JsonObject, operation: ContractOperation): Json | undefined {
  const requestBody = resolveReference(document, operation.operation.requestBody);
  const content = isJsonObject(requestBody.content) ? requestBody.content['application/json'] : undefined;
  if (!isJsonObject(content)) return undefined;
  if (content.example !== undefined) return content.example;
  const [first] = isJsonObject(content.examples) ? Object.values(content.examples) : [];
  if (isJsonObject(first) && first.value !== undefined) return first.value;
  return sample(document, isJsonObject(content.schema) ? content.schema : {}, 'body', 0);
}

/** A small value of a schema: what is required, and nothing else. */
function sample(document: JsonObject, given: JsonObject, name: string, depth: number): Json {
  const schema = resolveReference(document, given);
  if (depth > DEEPEST) return null;
  const examples = Array.isArray(schema.examples) ? (schema.examples as readonly Json[]) : [];
  const said = schema.example ?? examples[0] ?? schema.const ?? schema.default;
  if (said !== undefined) return said;
  if (Array.isArray(schema.enum)) return (schema.enum as readonly Json[])[0] ?? null;
  for (const combined of ['oneOf', 'anyOf'] as const) {
    const [first] = Array.isArray(schema[combined]) ? (schema[combined] as readonly Json[]) : [];
    if (isJsonObject(first))
      return sample(document, { ...schema, [combined]: undefined, ...first }, name, depth + 1);
  }
  const type = Array.isArray(schema.type) ? (schema.type as readonly Json[])[0] : schema.type;
  const all = Array.isArray(schema.allOf) ? (schema.allOf as readonly Json[]).filter(isJsonObject) : [];
  if (type === 'object' || schema.properties !== undefined || all.length > 0) {
    const parts = [schema, ...all.map((part) => resolveReference(document, part))];
    return Object.fromEntries(parts.flatMap((part) => requiredMembers(document, part, depth)));
  }
  switch (type) {
    case 'array': {
      const items = isJsonObject(schema.items) ? schema.items : {};
      return [sample(document, items, name, depth + 1)];
    }
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 1;
    case 'boolean':
      return true;
    default:
      return textFor(schema, name);
  }
}

function requiredMembers(document: JsonObject, schema: JsonObject, depth: number): [string, Json][] {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? (schema.required as readonly Json[]) : [];
  return required.flatMap((member): [string, Json][] => {
    if (typeof member !== 'string') return [];
    const property = properties[member];
    return [[member, sample(document, isJsonObject(property) ? property : {}, member, depth + 1)]];
  });
}

function textFor({ format, minLength, maxLength, pattern }: JsonObject, name: string): string {
  switch (format) {
    case 'date-time':
      return '2026-01-05T09:00:00Z';
    case 'date':
      return '2026-01-05';
    case 'uri':
    case 'url':
      return 'https://example.org/';
    case 'email':
      return 'amina@example.org';
    case 'uuid':
      return '3f1b6c1e-8f0a-4b5e-9d65-0c8a4f2a7d10';
    default:
  }
  if (typeof pattern === 'string') return textLike(pattern);
  const text = name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase() || 'text';
  const shortest = typeof minLength === 'number' ? minLength : 0;
  const longest = typeof maxLength === 'number' ? maxLength : 200;
  return text.padEnd(shortest, '0').slice(0, longest);
}

/** For the few patterns that our documents use; the contract check finds the rest. */
function textLike(pattern: string): string {
  const tries = [
    'USD',
    '+15550101',
    '15550101',
    '1',
    'a',
    'A1',
    'SANDBOX/GOV/TRAINING/CONSOLE',
    '2026-01-05',
  ];
  return tries.find((text) => new RegExp(pattern, 'u').test(text)) ?? '';
}
