import type { Json, JsonObject } from '../../../../contracts/json.js';
import type { Parameter } from '../../operation-index.js';
import type { HopRequest } from '../hop.js';
import { OutboundError } from '../outbound-error.js';
import { contentFor } from '../request-content.js';
import { requestHeaders } from '../request-headers.js';
import type { ExternalOperation } from './external-operation.js';
import { cookieText, headerText, pathText, queryParts } from './write-parameter.js';

/** Set by the call itself, whatever the document says about them. */
const SET_ELSEWHERE = new Set(['accept', 'content-type', 'authorization', 'idempotency-key']);

/**
 * The request of an operation with these parameters, by name; the body is `body`, or what a Swagger 2.0 document calls
 * it. A parameter that is null was left out. Raises `validation` naming every parameter that is missing, unknown or
 * cannot stand where it should.
 */
export function writeRequest(
  operation: ExternalOperation,
  parameters: JsonObject,
  own: Readonly<Record<string, string>>,
  boundary: () => string,
): HopRequest {
  const problems: string[] = [];
  const values = new Map(
    Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, value] as const],
    ),
  );
  const used = new Set<string>();
  const path = new Map<string, string>();
  const query: string[] = [];
  const headers: Record<string, Json> = {};
  const cookies: string[] = [];
  for (const parameter of operation.parameters) {
    const name = nameIn(values, parameter);
    if (name !== undefined) used.add(name);
    const value = (name === undefined ? undefined : values.get(name)) ?? parameter.default;
    if (value === undefined || value === null) {
      if (
        parameter.required &&
        !(parameter.in === 'header' && SET_ELSEWHERE.has(parameter.name.toLowerCase()))
      )
        problems.push(`${parameter.name} is required (${parameter.in})`);
      continue;
    }
    switch (parameter.in) {
      case 'path':
        path.set(parameter.name, pathText(parameter, value));
        break;
      case 'query':
        query.push(...queryParts(parameter, value));
        break;
      case 'header':
        headers[parameter.name] = headerText(parameter, value);
        break;
      case 'cookie':
        cookies.push(cookieText(parameter, value));
        break;
    }
  }
  const body = bodyOf(operation, values, used, problems);
  for (const name of values.keys())
    if (!used.has(name)) problems.push(`${name} is not a parameter of it (${namesOf(operation)})`);
  const address = `${operation.server}${fill(operation, path, problems)}`;
  if (problems.length > 0)
    throw new OutboundError('validation', `The call of ${operation.operationId}: ${problems.join('; ')}.`);
  const url = new URL(address);
  url.search = query.join('&');
  const cookie = cookies.length === 0 ? {} : { cookie: cookies.join('; ') };
  const sent = requestHeaders({ ...headers, ...cookie }, own);
  if (body === undefined) return { method: operation.method, url, headers: sent };
  const content = contentFor(body, sent['content-type'] ?? typeOf(operation), boundary);
  return {
    method: operation.method,
    url,
    headers: { ...sent, 'content-type': content.contentType },
    body: content.bytes,
  };
}

function nameIn(values: ReadonlyMap<string, Json>, parameter: Parameter): string | undefined {
  if (values.has(parameter.name)) return parameter.name;
  if (parameter.in !== 'header') return undefined;
  const wanted = parameter.name.toLowerCase();
  return [...values.keys()].find((name) => name.toLowerCase() === wanted);
}

/** The path with its values in it. What would be a dot segment, or no segment at all, is refused. */
function fill(
  { template }: ExternalOperation,
  path: ReadonlyMap<string, string>,
  problems: string[],
): string {
  return template
    .split('/')
    .map((segment) => {
      if (!segment.includes('{')) return segment;
      const names = [...segment.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
      const filled = segment.replace(/\{([^}]+)\}/g, (_variable, name: string) => path.get(name) ?? '');
      if (names.every((name) => path.has(name)) && /^(|\.|\.\.)$/.test(filled))
        problems.push(`${names.join(', ')} is "${filled}", which cannot stand in the path ${template}`);
      return filled;
    })
    .join('/');
}

function bodyOf(
  operation: ExternalOperation,
  values: ReadonlyMap<string, Json>,
  used: Set<string>,
  problems: string[],
): Json | undefined {
  const { requestBody, bodyName, formFields } = operation;
  if (requestBody === undefined) return undefined;
  if (formFields !== undefined) {
    const form: Record<string, Json> = {};
    for (const { name, required } of formFields) {
      const value = values.get(name);
      if (value !== undefined) form[name] = value;
      else if (required) problems.push(`${name} is required (form)`);
      used.add(name);
    }
    return Object.keys(form).length === 0 ? undefined : form;
  }
  const name = ['body', bodyName].find((one) => one !== undefined && values.has(one) && !used.has(one));
  if (name !== undefined) {
    used.add(name);
    return values.get(name);
  }
  if (requestBody.required) problems.push('body is required (the request body)');
  return undefined;
}

/** JSON when it is offered, then forms, then whatever comes first. Ranges such as any type mean JSON. */
function typeOf({ requestBody }: ExternalOperation): string {
  const types = requestBody?.mediaTypes ?? [];
  const chosen =
    types.find((type) => /(^|[/+])json\b/i.test(type)) ??
    types.find((type) => /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) ??
    types[0];
  return chosen === undefined || chosen.includes('*') ? 'application/json' : chosen;
}

function namesOf({ parameters, requestBody, formFields, bodyName }: ExternalOperation): string {
  const body = formFields?.map(({ name }) => name) ?? (requestBody === undefined ? [] : [bodyName ?? 'body']);
  return [...parameters.map(({ name }) => name), ...body].join(', ') || 'it has none';
}
