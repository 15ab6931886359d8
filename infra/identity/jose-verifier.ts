import { errors, jwtVerify } from 'jose';
import type { JWTVerifyGetKey } from 'jose';

import { API_AUDIENCE } from '../../contracts/identity.js';
import type { TokenVerifier } from '../../contracts/identity.js';
import { SandboxError } from '../../contracts/problems.js';
import { principalFromClaims } from './principal-from-claims.js';
import { refuseToken } from './refuse-token.js';
import { createKeyResolver, explainKeyError } from './signing-keys.js';
import type { KeySource } from './signing-keys.js';
import { assertTokenShape } from './token-shape.js';

export interface VerifierOptions {
  /** `{base}/realms/{realm}`, exactly as tokens name it. */
  readonly issuer: string;
  readonly keys: KeySource;
  readonly audience?: string;
}

/** The `jose` driver of TokenVerifier: the default of the embedded profile. */
export function createJoseVerifier({
  issuer,
  keys,
  audience = API_AUDIENCE,
}: VerifierOptions): TokenVerifier {
  const resolve = createKeyResolver(keys);
  const getKey: JWTVerifyGetKey = async (header, token) => {
    try {
      return await resolve(header, token);
    } catch (error) {
      throw explainKeyError(error, issuer);
    }
  };
  return {
    async verify(token) {
      assertTokenShape(token);
      try {
        const { payload } = await jwtVerify(token, getKey, { issuer, audience, algorithms: ['RS256'] });
        return principalFromClaims(payload);
      } catch (error) {
        throw explain(error);
      }
    },
  };
}

function explain(error: unknown): unknown {
  if (error instanceof SandboxError) return error;
  if (error instanceof errors.JWTExpired) return refuseToken('it has expired', error);
  if (error instanceof errors.JWTClaimValidationFailed) {
    return refuseToken(`its claim ${error.claim} is not the expected one`, error);
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return refuseToken('its signature is wrong', error);
  }
  return error instanceof errors.JOSEError ? refuseToken('it is malformed', error) : error;
}
