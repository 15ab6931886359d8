import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import { resolveReference, type ContractOperation } from '../../../mocks/kit/operation-table.js';
import type { Fuzz } from '../../app/fuzz-values.js';
import type { Hints } from './hints.js';
import { oddJson, oddSegment } from './odd-values.js';
import { createSchemaValues, shares } from './schema-values.js';
import type { ValuePool } from './value-pool.js';

/** A request as it goes over the wire. */
export interface GeneratedRequest {
  readonly operationId: string;
  readonly method: string;
  /** Path and query, as encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

/** Its parts, before one of them goes wrong. */
interface Parts {
  method: string;
  path: [string, string][];
  template: string;
  query: [string, string][];
  headers: Record<string, string | string[]>;
  type: string | undefined;
  body: Json | undefined;
  raw?: string;
}

const CLIENT = 'eGovStack/GOV/90000009/digitalregistries';

/** Makes requests for an operation: about half of them as its document wants them, the others wrong in one way or several. */
export function createRequestMaker(
  document: JsonObject,
  fuzz: Fuzz,
  pool: ValuePool,
  { together = [], bodies = {} }: Hints = {},
): (operation: ContractOperation) => GeneratedRequest {
  const { pick, chance, text } = fuzz;
  const values = createSchemaValues(document, fuzz, pool);

  function right(operation: ContractOperation): Parts {
    const parts: Parts = {
      method: operation.method,
      template: operation.template,
      path: [],
      query: Object.entries(operation.when),
      headers: {},
      type: undefined,
      body: undefined,
    };
    const fixed = together.length > 0 && chance(0.75) ? pick(together) : {};
    const valueOf = (schema: JsonObject, name: string): Json => fixed[name] ?? values.make(schema, name);
    for (const parameter of operation.parameters) {
      const { in: where, name, required } = parameter;
      if (typeof name !== 'string') continue;
      const schema = isJsonObject(parameter['schema']) ? parameter['schema'] : contentSchema(parameter);
      const isClient = /client$/i.test(name) && where === 'header';
      if (where === 'path') parts.path.push([name, asText(valueOf(schema, name))]);
      else if (required !== true && !chance(0.4)) continue;
      else if (where === 'query' && !(name in operation.when))
        parts.query.push(...asQuery(name, valueOf(schema, name), 'content' in parameter && chance(0.4)));
      else if (where === 'header')
        parts.headers[name.toLowerCase()] =
          isClient && fixed[name] === undefined && chance(0.8)
            ? CLIENT
            : headerText(asText(valueOf(schema, name)));
    }
    if (chance(0.2))
      parts.headers['idempotency-key'] = pick([
        'key-1',
        'key-2',
        text().replaceAll(/[^\x21-\x7e]/g, '') || 'k',
      ]);
    const requestBody = resolveReference(document, operation.operation['requestBody']);
    const content = isJsonObject(requestBody['content']) ? requestBody['content'] : {};
    const types = Object.keys(content);
    if (types.length === 0) return parts;
    if (requestBody['required'] !== true && chance(0.2)) return parts;
    const type = pick(types);
    const media = content[type];
    parts.type = type;
    if (!isJsonObject(media)) return parts;
    const shown = [...mediaExamples(document, media), ...(bodies[operation.operationId] ?? [])];
    parts.body =
      shown.length > 0 && chance(0.6)
        ? pick(shown)
        : values.make(isJsonObject(media['schema']) ? media['schema'] : {}, bodyName(operation));
    return parts;
  }

  /** One thing that goes wrong. */
  function spoil(parts: Parts): void {
    const kind = pick([
      'path',
      'query',
      'header',
      'type',
      'raw',
      'node',
      'node',
      'node',
      'drop',
      'drop',
      'extra',
      'method',
      'slashes',
      'twice',
    ]);
    switch (kind) {
      case 'path': {
        const [name] = pick(parts.path.length > 0 ? parts.path : [['', '']]);
        parts.path = parts.path.map((one) => (one[0] === name ? [name, `\u0000${oddSegment(fuzz)}`] : one));
        return;
      }
      case 'query': {
        const at =
          chance(0.7) && parts.query.length > 0
            ? pick(parts.query)[0]
            : pick(['x', '__proto__', 'constructor', '%', '']);
        parts.query = [
          ...parts.query.filter(([name]) => name !== at || chance(0.3)),
          [at, `\u0000${oddSegment(fuzz)}`],
        ];
        return;
      }
      case 'twice':
        parts.query = [...parts.query, ...parts.query, ...(chance(0.3) ? parts.query : [])];
        return;
      case 'header': {
        const names = [
          ...Object.keys(parts.headers),
          'accept',
          'accept-language',
          'idempotency-key',
          'authorization',
          'x-correlationid',
          'x-callback-url',
        ];
        const name = pick(names);
        if (chance(0.4)) Reflect.deleteProperty(parts.headers, name);
        else
          parts.headers[name] = chance(0.2)
            ? ['a', 'b']
            : headerText(
                pick(['', ' ', 'a/b', 'a/b/c/d', '*/*', text(), 'Bearer x.y.z', 'Basic !', '\u00e9']),
              );
        return;
      }
      case 'type':
        parts.type = pick([
          'text/plain',
          'application/xml',
          'application/x-www-form-urlencoded',
          'multipart/form-data',
          'multipart/form-data; boundary=x',
          'application/json; charset=utf-16',
          'nonsense',
          'application/problem+json',
          'text/csv',
          '',
        ]);
        return;
      case 'raw':
        parts.raw = pick([
          '',
          ' ',
          '{',
          '}',
          'null',
          '"text"',
          '[]',
          '0',
          '{"a":1,}',
          '\u0000',
          '\ufeff{}',
          'undefined',
          '<a/>',
          'a=1&b=2',
          '--x\r\n\r\n--x--',
          '{"a":"\\ud800"}',
          '[[[[',
          '{"a":1}{"b":2}',
          oddJson(fuzz),
        ]);
        return;
      case 'node':
        parts.raw = JSON.stringify(parts.body ?? {}, oneReplaced(parts.body, fuzz)).replaceAll(
          /"\\u0000odd:([0-9a-f]*)"/g,
          (_all, hex: string) => Buffer.from(hex, 'hex').toString('utf8'),
        );
        return;
      case 'drop':
        if (isJsonObject(parts.body) && chance(0.7)) parts.body = withoutOne(parts.body, fuzz);
        else if (parts.query.length > 0) {
          const [gone] = pick(parts.query);
          parts.query = parts.query.filter(([name]) => name !== gone);
        } else parts.body = undefined;
        return;
      case 'extra':
        if (isJsonObject(parts.body))
          parts.raw =
            `{${JSON.stringify(pick(['__proto__', 'constructor', 'x', '', '$ref', 'a.b', 'toString']))}:${oddJson(fuzz)},${JSON.stringify(parts.body).slice(1)}`.replace(
              /,\}$/,
              '}',
            );
        else parts.query.push([pick(['__proto__', 'constructor', 'page', 'limit', 'offset']), '1']);
        return;
      case 'method':
        parts.method = pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'REPORT']);
        return;
      case 'slashes':
        parts.template = pick([
          `${parts.template}/`,
          `/${parts.template}`,
          parts.template.replace(/\/$/, ''),
          `${parts.template}/extra`,
          parts.template.toUpperCase(),
        ]);
        return;
    }
  }

  return (operation) => {
    const parts = right(operation);
    if (chance(0.5)) for (let times = pick([1, 1, 1, 2, 3]); times > 0; times -= 1) spoil(parts);
    return toRequest(operation.operationId, parts);
  };
}

function toRequest(operationId: string, parts: Parts): GeneratedRequest {
  const path = parts.template.replaceAll(/\{([^}]+)\}/g, (_all, name: string) =>
    encoded(parts.path.find(([one]) => one === name)?.[1] ?? 'x'),
  );
  const query = parts.query
    .map(([name, value]) => `${name === '%' ? '%' : encodeURIComponent(name)}=${encoded(value)}`)
    .join('&');
  const method = parts.method;
  const body =
    method === 'GET' || method === 'HEAD' ? undefined : (parts.raw ?? asBody(parts.type, parts.body));
  return {
    operationId,
    method,
    // Node's parser itself refuses raw bytes beyond ASCII, and more than 16 KiB of head, before anybody sees them.
    target: `${path}${query === '' ? '' : `?${query}`}`.replaceAll(/[^\x21-\x7e]/g, '').slice(0, 8_000),
    headers: {
      ...parts.headers,
      ...(parts.type === undefined ? {} : { 'content-type': typed(parts.type, body) }),
    },
    ...(body === undefined ? {} : { body }),
  };
}

/** A leading NUL says that the text is encoded already. */
const encoded = (text: string): string =>
  text.startsWith('\u0000') ? text.slice(1) : encodeURIComponent(text.replaceAll(/[\ud800-\udfff]/g, ''));

const typed = (type: string, body: string | undefined): string =>
  type === 'multipart/form-data' && body?.startsWith('--x') === true ? `${type}; boundary=x` : type;

function asBody(type: string | undefined, body: Json | undefined): string | undefined {
  if (body === undefined) return undefined;
  if (type === 'application/x-www-form-urlencoded' && isJsonObject(body))
    return new URLSearchParams(
      Object.entries(body).map(([name, value]): [string, string] => [name, asText(value ?? '')]),
    ).toString();
  if (type === 'multipart/form-data')
    return '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nhello\r\n--x--\r\n';
  return JSON.stringify(body);
}

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Arrays are repeated; objects are written as JSON, or in brackets, as the scheduler's `qry` may be. */
function asQuery(name: string, value: Json, inBrackets: boolean): [string, string][] {
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((item, at) =>
      asQuery(inBrackets ? `${name}[${at}]` : name, item, inBrackets),
    );
  if (!isJsonObject(value) || !inBrackets) return [[name, asText(value)]];
  return Object.entries(value).flatMap(([member, inner]) =>
    asQuery(`${name}[${member}]`, inner ?? null, true),
  );
}

/** A parameter that is a document of its own. */
function contentSchema(parameter: JsonObject): JsonObject {
  const [media] = Object.values(isJsonObject(parameter['content']) ? parameter['content'] : {});
  return isJsonObject(media) && isJsonObject(media['schema']) ? media['schema'] : {};
}

const headerText = (text: string): string => text.replaceAll(/[^\x20-\x7e\x80-\xff]/g, '?').trim();

const bodyName = ({ operationId }: ContractOperation): string => operationId;

function mediaExamples(document: JsonObject, media: JsonObject): readonly Json[] {
  const named = isJsonObject(media['examples']) ? Object.values(media['examples']) : [];
  const several = named.map((example) => resolveReference(document, example)['value']);
  return [media['example'], ...several].filter((example) => example !== undefined);
}

function withoutOne(body: JsonObject, { pick, chance }: Fuzz): JsonObject {
  const names = Object.keys(body);
  if (names.length === 0) return body;
  const name = pick(names);
  const member = body[name];
  if (isJsonObject(member) && chance(0.6))
    return { ...body, [name]: withoutOne(member, { pick, chance } as Fuzz) };
  if (Array.isArray(member) && isJsonObject(member[0]) && chance(0.6))
    return {
      ...body,
      [name]: [withoutOne(member[0], { pick, chance } as Fuzz), ...(member.slice(1) as Json[])],
    };
  const { [name]: _gone, ...rest } = body;
  return rest;
}

/** Replaces one place of a body by an odd value, which is put in after serialising since it may be no JSON value. */
function oneReplaced(body: Json | undefined, fuzz: Fuzz): (name: string, value: unknown) => unknown {
  let count = 0;
  JSON.stringify(body ?? {}, (_name, value: unknown) => {
    count += 1;
    return value;
  });
  const chosen = Math.floor(fuzz.pick(shares) * count);
  let at = -1;
  return (_name, value) => {
    at += 1;
    return at === chosen ? `\u0000odd:${Buffer.from(oddJson(fuzz), 'utf8').toString('hex')}` : value;
  };
}
