import { KeyObject } from 'node:crypto';

import { decodeJwt, decodeProtectedHeader } from 'jose';
import KeycloakConnect from 'keycloak-connect';

import { API_AUDIENCE } from '../../../contracts/identity.js';
import type { TokenVerifier } from '../../../contracts/identity.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { VerifierOptions } from '../jose-verifier.js';
import { principalFromClaims } from '../principal-from-claims.js';
import { refuseToken } from '../refuse-token.js';
import { createKeyResolver, explainKeyError } from '../signing-keys.js';
import { assertTokenShape } from '../token-shape.js';

/**
 * keycloak-connect behind TokenVerifier: its grant manager, never its middleware. The middleware of 26.1.1 answers
 * 403 in plain text where 401 belongs, and throws on any address with `auth_callback=1&code=`. The grant manager
 * leaves the audience unchecked unless told, takes a token without `exp` as valid, ignores `nbf`, reads keys only
 * from the issuer's public address, writes to the console when it holds back a read, and ends the process when the
 * key endpoint answers no JSON. So the audience is switched on, `nbf` is checked here, the rest in token-shape.ts,
 * and the keys come from our own resolver; issuer, type, audience, age and signature are keycloak-connect's verdict.
 */
export function createKeycloakConnectVerifier({
  issuer,
  keys,
  audience = API_AUDIENCE,
}: VerifierOptions): TokenVerifier {
  const grantManager = createGrantManager(issuer, audience);
  const resolve = createKeyResolver(keys);

  async function publicKey(kid: string): Promise<KeyObject> {
    const key = await resolve({ alg: 'RS256', kid }, { payload: '', signature: '' });
    return key instanceof Uint8Array ? Promise.reject(new TypeError('not a public key')) : asKeyObject(key);
  }
  grantManager.rotation.getJWK = publicKey;

  return {
    async verify(token) {
      assertTokenShape(token);
      // Asked first, because the grant manager would report an unreachable provider as a bad token.
      await publicKey(decodeProtectedHeader(token).kid ?? '').catch((error: unknown) => {
        throw explainKeyError(error, issuer);
      });
      try {
        await grantManager.createGrant({ access_token: token });
      } catch (error) {
        throw refuseToken(reasonOf(error), error);
      }
      const claims = decodeJwt(token);
      if (claims.nbf !== undefined && claims.nbf * 1000 > Date.now())
        throw refuseToken('it is not valid yet');
      return principalFromClaims(claims);
    },
  };
}

/** What is used of keycloak-connect's grant manager; its own types leave out the key rotation. */
interface GrantManager {
  rotation: { getJWK: (kid: string) => Promise<KeyObject> };
  createGrant(grant: { readonly access_token: string }): Promise<unknown>;
}

function createGrantManager(issuer: string, audience: string): GrantManager {
  const [, base, realm] = /^(.+)\/realms\/([^/]+)$/.exec(issuer) ?? [];
  if (base === undefined || realm === undefined) {
    throw new SandboxError('GSB-CFG-001', {
      detail: `The issuer ${issuer} is not of the form …/realms/{realm}.`,
    });
  }
  const config = {
    'auth-server-url': base,
    realm,
    resource: audience,
    'bearer-only': true,
    'verify-token-audience': true,
    'ssl-required': 'external',
    'confidential-port': 0,
  };
  return new KeycloakConnect({}, config).grantManager as unknown as GrantManager;
}

function asKeyObject(key: unknown): KeyObject {
  return key instanceof KeyObject ? key : KeyObject.from(key as Parameters<typeof KeyObject.from>[0]);
}

/** keycloak-connect words its refusals "Grant validation failed. Reason: invalid token (expired)". */
function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? /invalid token \(([^)]+)\)/.exec(error.message)?.[1] : undefined;
  return reason === undefined ? 'keycloak-connect refused it' : `keycloak-connect says: ${reason}`;
}
