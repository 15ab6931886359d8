import { createHash, createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { JsonObject } from '../../contracts/json.js';
import { selfSignedCertificate } from './self-signed-certificate.js';
import type { IdentityContext, KeyDoc } from './state.js';

const KEY_ID = 'signing';
const VALID_DAYS = 3650;
const generate = promisify(generateKeyPair);

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicJwk: JsonObject;
}

/**
 * The workspace's key, made when it is first needed. It is inserted at once rather than as an effect of the request:
 * whoever asks first, all must see the same key, also reads that run side by side.
 */
export async function signingKey({ state, deps }: IdentityContext): Promise<SigningKey> {
  const known = (await state.keys.get(KEY_ID))?.doc;
  if (known) return openKey(known);
  await state.keys.insert(await makeKey(deps.realClock.now()));
  const stored = await state.keys.get(KEY_ID);
  if (!stored) throw new Error('the signing key was removed while it was being made');
  return openKey(stored.doc);
}

function openKey({ privateJwk, publicJwk }: KeyDoc): SigningKey {
  const privateKey = createPrivateKey({ key: { ...privateJwk }, format: 'jwk' });
  return { kid: publicJwk.kid as string, privateKey, publicJwk };
}

async function makeKey(now: Date): Promise<KeyDoc> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 });
  const notAfter = new Date(now.getTime() + VALID_DAYS * 86_400_000);
  const certificate = selfSignedCertificate({
    publicKey,
    privateKey,
    commonName: 'GovStack sandbox training identity',
    notBefore: now,
    notAfter,
  });
  const { n, e } = publicKey.export({ format: 'jwk' });
  const thumbprint = createHash('sha256').update(certificate).digest('base64url');
  return {
    _id: KEY_ID,
    privateJwk: privateKey.export({ format: 'jwk' }) as JsonObject,
    publicJwk: {
      kid: thumbprint.slice(0, 16),
      use: 'sig',
      kty: 'RSA',
      alg: 'RS256',
      n,
      e,
      'x5t#S256': thumbprint,
      x5c: [certificate.toString('base64')],
      exp: notAfter.toISOString(),
    },
  };
}
