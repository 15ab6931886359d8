import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits: session ids, form tokens, sign-in states. */
export type RandomToken = () => string;

export const randomToken: RandomToken = () => randomBytes(32).toString('base64url');

/** What is stored in place of a secret, so that reading the store does not let anybody in. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Compares secrets without telling by time how far they agree. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(digest(given)), Buffer.from(digest(expected)));
}
