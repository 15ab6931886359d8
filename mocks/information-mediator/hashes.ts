import { createHash } from 'node:crypto';
import type { Json } from '../../contracts/json.js';
import { canonicalJson } from './canonical-json.js';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Hash of a body that lies in an erasable payload. The salt lies there too: once both are erased, nobody can find
 * out by trying national IDs or names what the body said.
 */
export function saltedHash(salt: string, value: Json): string {
  return sha256(`${salt}\n${canonicalJson(value)}`);
}

/**
 * `X-Road-Request-Hash`: base64(SHA512(SHA512(headers) + SHA512(body))), or base64(SHA512(headers)) without a body
 * (X-Road Message Protocol for REST 1.0.3, section 4.3). Headers count as sorted `name: value` lines.
 */
export function xRoadRequestHash(
  requestLine: string,
  headers: Readonly<Record<string, string>>,
  body: Json | undefined,
): string {
  const lines = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .sort();
  const ofHeaders = sha512([requestLine, ...lines].join('\r\n'));
  if (body === undefined) return ofHeaders.toString('base64');
  const ofBody = sha512(typeof body === 'string' ? body : JSON.stringify(body));
  return createHash('sha512').update(ofHeaders).update(ofBody).digest('base64');
}

function sha512(text: string): Buffer {
  return createHash('sha512').update(text).digest();
}
