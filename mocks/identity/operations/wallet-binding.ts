import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import { failure, requestOf, success, timeText } from '../answers.js';
import { isRightCode, isShutOut, judgeChallenge, type Challenge } from '../challenges.js';
import { selfSignedCertificate } from '../self-signed-certificate.js';
import { signingKey } from '../signing-key.js';
import type { IdentityContext, IdentityOperation, PersonDoc, WalletBindingDoc } from '../state.js';

const VALID_DAYS = 365;
const formats: readonly string[] = ['alpha-numeric', 'jwt', 'encoded-json', 'number'];

interface BindingRequest {
  readonly individualId: string;
  readonly authFactorType: string;
  readonly format: string;
  readonly challengeList: readonly Challenge[];
  readonly publicKey: Json;
}

/**
 * bb-identity, wallet binding (a draft there): binds a key to a person, a factor and the wallet's partner, against the
 * person's code or a sample of their body. A key that is bound is not bound again. The key comes as JWK; the official suite sends it as base64.
 */
export const walletBinding: IdentityOperation = async (context) => {
  const request = requestOf(context.body) as BindingRequest;
  const { individualId, authFactorType, format, challengeList } = request;
  const given = [format, ...challengeList.map((one) => one.format)];
  const odd = given.find((name) => !formats.includes(name));
  if (odd !== undefined)
    return failure(context, 'unsupported_challenge_format', `format ${odd} is not known`);
  const jwk = jwkOf(request.publicKey);
  const key = jwk && openKey(jwk);
  if (!jwk || !key) return failure(context, 'invalid_public_key', 'publicKey is no public key as JWK');
  const person = (await context.state.persons.get(individualId))?.doc;
  const [challenge, ...more] = challengeList;
  if (!person || !challenge || more.length > 0 || !(await isProved(context, person, challenge)))
    return failure(
      context,
      'invalid_auth_challenge',
      'the code of this person is wrong (in training it is 111111), or the sample (BIO-MATCH)',
    );
  if (isShutOut(person, context.now))
    return failure(context, 'key_binding_failed', 'this identity is blocked or deactivated');
  const partner = context.headers['partner-id'] ?? '';
  const thumbprint = hash(key.export({ format: 'der', type: 'spki' }));
  const id = hash(`${partner} ${authFactorType} ${thumbprint}`);
  if (await context.state.walletBindings.get(id))
    return failure(context, 'duplicate_public_key', 'publicKey is bound already');
  const now = context.deps.realClock.now();
  const notAfter = new Date(now.getTime() + VALID_DAYS * 86_400_000);
  const signer = await signingKey(context);
  const walletUserId = hash(`wallet user ${partner} ${individualId}`);
  const certificate = selfSignedCertificate({
    publicKey: key,
    privateKey: signer.privateKey,
    commonName: walletUserId,
    notBefore: now,
    notAfter,
  });
  const doc: WalletBindingDoc = {
    _id: id,
    individualId,
    partner,
    authFactorType,
    walletUserId,
    publicKey: jwk,
    certificate: pem(certificate),
    expiresAt: timeText(notAfter),
  };
  return success(
    context,
    'bound',
    { walletUserId, certificate: doc.certificate, expireDateTime: doc.expiresAt },
    [{ kind: 'put', collection: 'walletBindings', doc }],
  );
};

async function isProved(context: IdentityContext, person: PersonDoc, challenge: Challenge): Promise<boolean> {
  if (challenge.authFactorType !== 'BIO') return isRightCode(person, challenge.challenge);
  return (await judgeChallenge(context, person, challenge)).kind === 'right';
}

/** The exponent is nearly always the same; the official suite's key leaves it out. */
function jwkOf(given: Json): JsonObject | undefined {
  const value = typeof given === 'string' ? parsed(given) : given;
  if (!isJsonObject(value) || value.d !== undefined) return undefined;
  return value.kty === 'RSA' && value.e === undefined ? { ...value, e: 'AQAB' } : value;
}

function parsed(base64: string): Json | undefined {
  try {
    return JSON.parse(Buffer.from(base64, 'base64url').toString('utf8')) as Json;
  } catch {
    return undefined;
  }
}

function openKey(jwk: JsonObject): KeyObject | undefined {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

function hash(value: string | Buffer): string {
  return createHash('sha256').update(value).digest('base64url');
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
