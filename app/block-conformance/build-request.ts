import type { ContractOperation } from '../../mocks/kit/operation-table.js';
import type { CallParts } from './suite.js';
import type { WireRequest } from './wire.js';

/** Puts a call into the form in which it goes over the wire. A text body goes as it is, anything else as JSON. */
export function buildRequest(
  operation: ContractOperation,
  parts: CallParts,
  standing: Readonly<Record<string, string>>,
): WireRequest {
  const values = parts.path ?? {};
  const path = operation.template.replace(/\{([^}]+)\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${operation.operationId} needs the path parameter ${name}`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams({ ...operation.when, ...parts.query }).toString();
  const { body } = parts;
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const headers = withoutCase(
    { ...standing, ...(text === undefined ? {} : { 'content-type': 'application/json' }) },
    parts.headers,
  );
  return {
    method: operation.method,
    target: query === '' ? path : `${path}?${query}`,
    headers,
    ...(text === undefined ? {} : { body: text }),
  };
}

/** An empty value takes a standing header away. */
function withoutCase(
  standing: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const replaced = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const kept = Object.entries(standing).filter(([name]) => !replaced.has(name.toLowerCase()));
  return Object.fromEntries([...kept, ...Object.entries(own)].filter(([, value]) => value !== ''));
}
