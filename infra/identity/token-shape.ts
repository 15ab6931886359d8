import { decodeJwt, decodeProtectedHeader } from 'jose';

import { refuseToken } from './refuse-token.js';

/** Longer than any token of the realm; a bound on the work that an unauthenticated caller can ask for. */
const LONGEST_TOKEN = 16_384;

/**
 * What must hold before any key is looked up: three parts, RS256 and nothing else, a key id, an expiry.
 * Raises GSB-AUT-001. keycloak-connect checks none of these: it takes a token without `exp` as valid for ever.
 */
export function assertTokenShape(token: string): void {
  if (token.length > LONGEST_TOKEN) throw refuseToken('it is too long');
  const { alg, kid, crit, exp, nbf } = decode(token);
  if (alg !== 'RS256') throw refuseToken('it is not signed with RS256');
  if (typeof kid !== 'string' || kid === '') throw refuseToken('it names no signing key');
  if (crit !== undefined) throw refuseToken('it demands an extension that is not understood');
  if (typeof exp !== 'number') throw refuseToken('it has no expiry');
  if (nbf !== undefined && typeof nbf !== 'number') throw refuseToken('its claim nbf is not a number');
}

function decode(token: string): Record<'alg' | 'kid' | 'crit' | 'exp' | 'nbf', unknown> {
  try {
    const header = decodeProtectedHeader(token);
    const claims = decodeJwt(token);
    return { alg: header.alg, kid: header.kid, crit: header.crit, exp: claims.exp, nbf: claims.nbf };
  } catch (cause) {
    throw refuseToken('it is not a signed JSON web token', cause);
  }
}
