import { errors, importJWK, jwtVerify } from 'jose';
import { textOf } from '../../contracts/json.js';
import { magicRule } from '../kit/magic.js';
import type { AcrValue } from './auth-factors.js';
import { compareSamples, samplesOfChallenge } from './biometrics.js';
import { passwordOutcome } from './outcomes.js';
import type { IdentityContext, PersonDoc, WalletBindingDoc } from './state.js';

export interface Challenge {
  readonly authFactorType: 'OTP' | 'BIO' | 'PIN' | 'WLA';
  readonly challenge: string;
  readonly format: string;
}

export type ChallengeJudgement =
  | { readonly kind: 'right'; readonly acr: AcrValue; readonly rule: string }
  | {
      readonly kind: 'wrong';
      readonly reason: string;
      readonly outcome?: 'code-expired' | 'biometric-no-match' | 'biometric-poor-quality';
      /** No proof of anything, and so no wrong try either. */
      readonly uncounted?: true;
    }
  /** By the identity provider itself, whatever comes after. */
  | { readonly kind: 'rejected' };

/** Whether a challenge proves that this is the person, and how strongly. A blocked or deactivated person proves nothing. */
export async function judgeChallenge(
  context: IdentityContext,
  person: PersonDoc,
  { authFactorType, challenge, format }: Challenge,
): Promise<ChallengeJudgement> {
  if (isShutOut(person, context.now)) return wrong('this identity is blocked or deactivated');
  if (authFactorType === 'BIO') return judgeSamples(context, person, challenge, format);
  if (authFactorType === 'WLA') return judgeWallet(context, person, challenge, format);
  if (format !== 'number' && format !== 'alpha-numeric')
    return wrong(`format ${format} does not fit ${authFactorType}: use number`);
  if (!isRightCode(person, challenge)) return judgeOtherCode(challenge);
  return {
    kind: 'right',
    acr: authFactorType === 'OTP' ? 'idbb:acr:generated-code' : 'idbb:acr:static-code',
    rule: magicRule('authenticated'),
  };
}

/** Which samples are right: biometrics.ts. */
async function judgeSamples(
  context: IdentityContext,
  person: PersonDoc,
  challenge: string,
  format: string,
): Promise<ChallengeJudgement> {
  const samples = samplesOfChallenge(challenge, format);
  if (samples === undefined)
    return wrong(
      'a challenge of BIO is a sample as alpha-numeric, or a list of {"data": "..."} in base64url as encoded-json',
    );
  const outcome = await compareSamples(context, person._id, samples);
  const acr = 'idbb:acr:biometrics';
  switch (outcome) {
    case 'biometric-match':
      return { kind: 'right', acr, rule: magicRule(outcome) };
    case 'enrolled':
      return { kind: 'right', acr, rule: 'biometric-enrolled' };
    case 'other':
      return wrong(
        'the sample is not one that was enrolled for this person (in training BIO-MATCH is right)',
      );
    case 'biometric-no-match':
      return { ...wrong('the sample is of somebody else'), outcome };
    case 'biometric-poor-quality':
      return { ...wrong('the sample is too poor to compare: capture it again'), outcome, uncounted: true };
  }
}

function judgeOtherCode(code: string): ChallengeJudgement {
  switch (passwordOutcome(code)) {
    case 'kyc-rejected':
      return { kind: 'rejected' };
    case 'code-expired':
      return {
        ...wrong('the code has expired: ask for another (in training 111111 is right)'),
        outcome: 'code-expired',
      };
    case 'authenticated':
    case undefined:
      return wrong('the code is wrong (in training it is 111111)');
  }
}

/** As one-time password and as PIN: nothing is sent in training. */
export function isRightCode({ oneTimePassword }: PersonDoc, code: string): boolean {
  return (
    passwordOutcome(code) === 'authenticated' || (oneTimePassword !== undefined && code === oneTimePassword)
  );
}

/** Blocked until an instant of the workspace clock, or for good; or deactivated. */
export function isShutOut({ blocked, deactivated }: PersonDoc, now: Date): boolean {
  if (deactivated === true) return true;
  return blocked !== undefined && (blocked.until === undefined || Date.parse(blocked.until) > now.getTime());
}

/** A wallet signs in with a JWT under a key that was bound before; its `sub` is the person or the wallet's user. */
async function judgeWallet(
  { state, deps }: IdentityContext,
  person: PersonDoc,
  jwt: string,
  format: string,
): Promise<ChallengeJudgement> {
  if (format !== 'jwt') return wrong(`format ${format} does not fit WLA: use jwt`);
  const bindings = await state.walletBindings.find({ filter: { individualId: person._id } });
  const now = deps.realClock.now();
  for (const { doc } of bindings) {
    if (doc.authFactorType !== 'WLA' || Date.parse(doc.expiresAt) <= now.getTime()) continue;
    if (await signedBy(doc, jwt, now))
      return { kind: 'right', acr: 'idbb:acr:linked-wallet', rule: magicRule('authenticated') };
  }
  return wrong('the challenge is not signed by a key that is bound to this person (see /wallet-binding)');
}

async function signedBy(binding: WalletBindingDoc, jwt: string, now: Date): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(
      jwt,
      await importJWK({ ...binding.publicKey, kty: textOf(binding.publicKey.kty) }, 'RS256'),
      { requiredClaims: ['exp', 'sub'], currentDate: now },
    );
    return payload.sub === binding.individualId || payload.sub === binding.walletUserId;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return false;
    throw error;
  }
}

function wrong(reason: string): Extract<ChallengeJudgement, { kind: 'wrong' }> {
  return { kind: 'wrong', reason };
}
