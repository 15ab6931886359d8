import { createPrivateKey, type KeyObject } from 'node:crypto';
import { importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { OAuth2Properties } from '../../../../contracts/workflow-authentication.js';
import { OutboundError } from '../outbound-error.js';

/** What a token request needs so that the authorization server knows its client. */
export interface ClientProof {
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ClientAuthenticationDeps {
  readonly now: () => Date;
  readonly nonce: () => string;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ASSERTION_SECONDS = 60;

/**
 * OWS DSL 1.0.3, OAuth2 Authentication, `client.authentication`; RFC 6749, 2.3.1; RFC 7523, 2.2. `client_secret_post`
 * unless told. `private_key_jwt` takes a ready `client.assertion`, or signs one with the private key (PKCS #8 or JWK)
 * in `client.secret`. Raises `configuration` naming what is missing.
 */
export async function proveClient(
  client: OAuth2Properties['client'],
  audience: string,
  deps: ClientAuthenticationDeps,
): Promise<ClientProof> {
  const { id, secret, assertion, authentication = 'client_secret_post' } = client ?? {};
  switch (authentication) {
    case 'none':
      return { headers: {}, parameters: id === undefined ? {} : { client_id: id } };
    case 'client_secret_basic': {
      const pair = [need(id, 'id'), need(secret, 'secret')].map(formEncoded).join(':');
      return { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }, parameters: {} };
    }
    case 'client_secret_post':
      return {
        headers: {},
        parameters: { client_id: need(id, 'id'), client_secret: need(secret, 'secret') },
      };
    case 'client_secret_jwt': {
      const key = new TextEncoder().encode(need(secret, 'secret'));
      return asserted(id, await sign(need(id, 'id'), audience, { key, alg: 'HS256' }, deps));
    }
    case 'private_key_jwt':
      if (assertion !== undefined) return asserted(id, assertion);
      return asserted(
        id,
        await sign(need(id, 'id'), audience, await privateKey(need(secret, 'assertion')), deps),
      );
  }
}

function need(value: string | undefined, name: string): string {
  if (value !== undefined && value !== '') return value;
  throw new OutboundError('configuration', `The authentication policy lacks client.${name}.`);
}

function asserted(id: string | undefined, assertion: string): ClientProof {
  return {
    headers: {},
    parameters: {
      ...(id === undefined ? {} : { client_id: id }),
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: assertion,
    },
  };
}

interface SigningKey {
  readonly key: CryptoKey | KeyObject | Uint8Array;
  readonly alg: string;
  readonly kid?: string | undefined;
}

function sign(
  client: string,
  audience: string,
  { key, alg, kid }: SigningKey,
  { now, nonce }: ClientAuthenticationDeps,
): Promise<string> {
  const seconds = Math.floor(now().getTime() / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg, typ: 'JWT', ...(kid === undefined ? {} : { kid }) })
    .setIssuer(client)
    .setSubject(client)
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + ASSERTION_SECONDS)
    .setJti(nonce())
    .sign(key);
}

const CURVES: Readonly<Record<string, string>> = {
  prime256v1: 'ES256',
  secp384r1: 'ES384',
  secp521r1: 'ES512',
};

async function privateKey(text: string): Promise<SigningKey> {
  try {
    if (text.trimStart().startsWith('{')) {
      const jwk = JSON.parse(text) as JWK;
      const key = createPrivateKey({ key: jwk as never, format: 'jwk' });
      const alg = jwk.alg ?? algorithmOf(key);
      return { key: await importJWK(jwk, alg), alg, kid: jwk.kid };
    }
    const key = createPrivateKey(text);
    return { key, alg: algorithmOf(key) };
  } catch (cause) {
    // The cause may quote the key: it stays out of the detail.
    throw new OutboundError(
      'configuration',
      'client.secret holds no private key that can sign (PKCS #8 PEM or JWK).',
      { cause },
    );
  }
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  if (asymmetricKeyType === 'rsa') return 'RS256';
  if (asymmetricKeyType === 'ed25519') return 'EdDSA';
  const alg = CURVES[asymmetricKeyDetails?.namedCurve ?? ''];
  if (alg === undefined) throw new Error('no known kind of key');
  return alg;
}

function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
