import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';

import type { SandboxError } from '../../contracts/problems.js';
import { keysUnavailable, refuseToken } from './refuse-token.js';

/** Where a verifier gets the provider's public keys: its JWKS endpoint, or the provider in this very process. */
export type KeySource =
  | {
      readonly kind: 'remote';
      /** May be a back-channel address: it need not be below the issuer. */
      readonly url: string;
      readonly fetch?: typeof fetch;
      /** Least time between two reads of the keys, so that invented key ids do not flood the provider. */
      readonly cooldownMs?: number;
    }
  | { readonly kind: 'local'; readonly keys: JSONWebKeySet };

/** Finds a key by its id. A key id that is not known yet makes it read the keys anew: rotation needs no restart. */
export function createKeyResolver(keys: KeySource): JWTVerifyGetKey {
  switch (keys.kind) {
    case 'local':
      return createLocalJWKSet(keys.keys);
    case 'remote':
      return createRemoteJWKSet(new URL(keys.url), {
        cooldownDuration: keys.cooldownMs ?? 5_000,
        ...(keys.fetch && { [customFetch]: keys.fetch }),
      });
  }
}

/** Tells a key that does not exist (GSB-AUT-001) from keys that could not be read (GSB-CFG-007). */
export function explainKeyError(error: unknown, issuer: string): SandboxError {
  const unknown =
    error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
  return unknown ? refuseToken('its signing key is unknown', error) : keysUnavailable(issuer, error);
}
