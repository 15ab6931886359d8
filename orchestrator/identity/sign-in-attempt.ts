import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { RandomToken } from './opaque.js';

/**
 * What has to be remembered between leaving for the provider and coming back. It lives in a cookie of the browser
 * that left (one per attempt, so that two tabs do not disturb each other), not in the store: whoever only knocks at
 * the sign-in leaves nothing behind, and any gateway can receive the answer.
 */
export interface SignInAttempt {
  readonly state: string;
  readonly nonce: string;
  /** PKCE (RFC 7636). */
  readonly verifier: string;
  readonly returnTo: string;
}

const attemptSchema = z.strictObject({
  state: z.string().min(20),
  nonce: z.string().min(20),
  verifier: z.string().min(43),
  returnTo: z.string(),
});

export const ATTEMPT_SECONDS = 15 * 60;

export function beginAttempt(random: RandomToken, returnTo: string): SignInAttempt {
  return { state: random(), nonce: random(), verifier: random(), returnTo };
}

export function attemptCookieName(state: string): string {
  return `sandbox_sign_in_${createHash('sha256').update(state).digest('hex').slice(0, 16)}`;
}

export function encodeAttempt(attempt: SignInAttempt): string {
  return Buffer.from(JSON.stringify(attempt)).toString('base64url');
}

export function decodeAttempt(text: string | undefined): SignInAttempt | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed = attemptSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The challenge that belongs to a verifier, method S256. */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
