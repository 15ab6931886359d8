import { createHash } from 'node:crypto';
import type { HostRequest } from './test-host.js';

/** User and password of an `Authorization: Basic` header. */
export function basicOf(
  request: HostRequest,
): { readonly user: string; readonly password: string } | undefined {
  const [scheme, encoded = ''] = (request.headers['authorization'] ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic') return undefined;
  const [user = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { user, password: password.join(':') };
}

export function bearerOf(request: HostRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
}

/** Whether an `Authorization: Digest` header proves that the caller knows the password. RFC 7616, MD5 and SHA-256, qop auth. */
export function digestHolds(
  request: HostRequest,
  expected: {
    readonly user: string;
    readonly password: string;
    readonly realm: string;
    readonly nonce: string;
  },
): boolean {
  const header = request.headers['authorization'] ?? '';
  if (!/^Digest /i.test(header)) return false;
  const given = new Map(
    [...header.slice(7).matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]*))/g)].map(([, name = '', quoted, bare]) => [
      name.toLowerCase(),
      quoted ?? bare ?? '',
    ]),
  );
  const field = (name: string): string => given.get(name) ?? '';
  const algorithm = /sha-256/i.test(field('algorithm')) ? 'sha256' : 'md5';
  const hash = (text: string): string => createHash(algorithm).update(text).digest('hex');
  const who = hash(`${expected.user}:${expected.realm}:${expected.password}`);
  const what = hash(`${request.method}:${field('uri')}`);
  const middle = [expected.nonce, field('nc'), field('cnonce'), field('qop')].join(':');
  return field('nonce') === expected.nonce && field('response') === hash(`${who}:${middle}:${what}`);
}
