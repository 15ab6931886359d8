import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import { resolveReference, type ContractOperation } from '../../mocks/kit/operation-table.js';
import type { Contract } from './contract.js';
import type { CallParts } from './suite.js';

export type MutationKind = 'missing' | 'type' | 'limit';

/** A request that the document does not allow, made of one that it does. */
export interface Mutation {
  readonly kind: MutationKind;
  /** Such as `/body/query/content` or `header X-Callback-URL`. */
  readonly place: string;
  readonly parts: CallParts;
}

const MOST_OF_A_KIND = 12;
const DEEPEST = 4;

/** Every way to spoil a valid request that the document forbids, a dozen of each kind at most. */
export function mutationsOf(
  contract: Contract,
  operation: ContractOperation,
  parts: CallParts,
): readonly Mutation[] {
  const all = [...bodyMutations(contract, operation, parts), ...parameterMutations(operation, parts)];
  const forbidden = all.filter((mutation) => isForbidden(contract, operation, mutation.parts));
  return (['missing', 'type', 'limit'] as const).flatMap((kind) =>
    forbidden.filter((mutation) => mutation.kind === kind).slice(0, MOST_OF_A_KIND),
  );
}

/** Only what our own document calls invalid is held against a candidate. */
function isForbidden(contract: Contract, operation: ContractOperation, parts: CallParts): boolean {
  const headers = Object.fromEntries(
    Object.entries(parts.headers ?? {})
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name.toLowerCase(), value]),
  );
  const path = parts.path ?? {};
  const query = { ...operation.when, ...parts.query };
  return contract.check.request(operation, { path, query, headers, body: parts.body }).length > 0;
}

function bodyMutations(
  contract: Contract,
  operation: ContractOperation,
  parts: CallParts,
): readonly Mutation[] {
  const { body } = parts;
  if (body === undefined || typeof body === 'string') return [];
  const requestBody = resolveReference(contract.document, operation.operation.requestBody);
  const content = isJsonObject(requestBody.content) ? requestBody.content['application/json'] : undefined;
  const schema = isJsonObject(content) ? content.schema : undefined;
  const found: Mutation[] = [];
  const visit = (
    value: Json,
    node: Json | undefined,
    at: readonly string[],
    put: (value: Json | undefined) => Json,
  ): void => {
    const add = (kind: MutationKind, changed: Json | undefined): void => {
      found.push({
        kind,
        place: `/body${at.map((part) => `/${part}`).join('')}`,
        parts: { ...parts, body: put(changed) },
      });
    };
    const rules = flattened(contract.document, node);
    if (at.length > 0) {
      if (rules.required) add('missing', undefined);
      if (rules.types.size > 0) add('type', wrongFor(rules.types));
      if (rules.enumerated) add('type', 'no-such-choice');
      if (rules.maxLength !== undefined) add('limit', 'x'.repeat(rules.maxLength + 1));
      if (rules.positive) add('limit', -1);
      if (rules.minItems > 0) add('limit', []);
    }
    if (at.length >= DEEPEST) return;
    if (Array.isArray(value)) {
      const items = value as readonly Json[];
      const [first] = items;
      if (first !== undefined)
        visit(first, rules.items, [...at, '0'], (changed) =>
          put(changed === undefined ? items.slice(1) : [changed, ...items.slice(1)]),
        );
    } else if (isJsonObject(value)) {
      for (const name of new Set([...Object.keys(value), ...rules.requiredNames])) {
        const member = value[name];
        if (member === undefined) continue;
        const ofMember = rules.properties.get(name) ?? [];
        const joined = { allOf: ofMember, ...(rules.requiredNames.has(name) ? { 'x-required': true } : {}) };
        visit(member, joined, [...at, name], (changed) => put({ ...value, [name]: changed }));
      }
    }
  };
  visit(body, schema, [], (value) => value ?? {});
  return found;
}

interface Rules {
  readonly required: boolean;
  readonly types: Set<string>;
  readonly enumerated: boolean;
  readonly maxLength: number | undefined;
  readonly positive: boolean;
  readonly minItems: number;
  readonly items: Json | undefined;
  readonly properties: Map<string, Json[]>;
  readonly requiredNames: Set<string>;
}

/** What a schema says, over its references and `allOf`. Alternatives are left out: other validators judge them. */
function flattened(document: JsonObject, node: Json | undefined): Rules {
  const properties = new Map<string, Json[]>();
  const requiredNames = new Set<string>();
  const types = new Set<string>();
  let found = { required: false, enumerated: false, positive: false, minItems: 0 };
  let maxLength: number | undefined;
  let items: Json | undefined;
  const visit = (each: Json | undefined): void => {
    const schema = resolveReference(document, each);
    for (const part of Array.isArray(schema.allOf) ? (schema.allOf as readonly Json[]) : []) visit(part);
    for (const type of [schema.type].flat()) if (typeof type === 'string') types.add(type);
    if (schema['x-required'] === true) found = { ...found, required: true };
    if (Array.isArray(schema.enum) && schema.enum.every((one) => typeof one === 'string'))
      found = { ...found, enumerated: true };
    if (typeof schema.maxLength === 'number' && schema.maxLength < 2_000) maxLength = schema.maxLength;
    if (schema.exclusiveMinimum === 0 || schema.minimum === 0 || schema.minimum === 1)
      found = { ...found, positive: true };
    if (typeof schema.minItems === 'number') found = { ...found, minItems: schema.minItems };
    if (schema.items !== undefined) items = schema.items;
    for (const [name, property] of Object.entries(isJsonObject(schema.properties) ? schema.properties : {}))
      properties.set(name, [...(properties.get(name) ?? []), property as Json]);
    for (const name of Array.isArray(schema.required) ? (schema.required as readonly Json[]) : [])
      if (typeof name === 'string') requiredNames.add(name);
  };
  visit(node);
  return { ...found, types, maxLength, items, properties, requiredNames };
}

function wrongFor(types: ReadonlySet<string>): Json {
  if (!types.has('object') && !types.has('array')) return { wrong: ['type'] };
  return types.has('object') ? ['wrong', 'type'] : { wrong: 'type' };
}

function parameterMutations(operation: ContractOperation, parts: CallParts): readonly Mutation[] {
  return operation.parameters.flatMap((parameter): readonly Mutation[] => {
    const { in: where, name, required, schema } = parameter;
    if (typeof name !== 'string' || (where !== 'query' && where !== 'header')) return [];
    const place = `${where} ${name}`;
    const isVariant = where === 'query' && name in operation.when;
    const rules = isJsonObject(schema) ? schema : {};
    const found: Mutation[] = [];
    if (required === true && !isVariant) {
      const { [name]: _left, ...query } = parts.query ?? {};
      const left =
        where === 'query' ? { ...parts, query } : { ...parts, headers: without(parts.headers, name) };
      found.push({ kind: 'missing', place, parts: left });
    }
    const spoil = (kind: MutationKind, value: string): void => {
      const spoiled =
        where === 'query'
          ? { ...parts, query: { ...parts.query, [name]: value } }
          : { ...parts, headers: { ...without(parts.headers, name), [name]: value } };
      found.push({ kind, place, parts: spoiled });
    };
    if (isVariant) return found;
    if (Array.isArray(rules.enum)) spoil('type', 'no-such-choice');
    if (rules.type === 'integer' || rules.type === 'number') spoil('type', 'many');
    if (rules.format === 'date' || rules.format === 'uuid') spoil('type', 'no-such-value');
    if (typeof rules.minimum === 'number') spoil('limit', String(rules.minimum - 1));
    if (typeof rules.maxLength === 'number' && rules.maxLength < 2_000)
      spoil('limit', 'x'.repeat(rules.maxLength + 1));
    return found;
  });
}

/** An empty text takes a header away, standing ones included. */
function without(headers: CallParts['headers'], name: string): Readonly<Record<string, string>> {
  const kept = Object.entries(headers ?? {}).filter(([own]) => own.toLowerCase() !== name.toLowerCase());
  return { ...Object.fromEntries(kept), [name]: '' };
}
