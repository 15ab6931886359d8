import { errors, importJWK, jwtVerify } from 'jose';
import { textOf } from '../../contracts/json.js';
import type { AcrValue } from './auth-factors.js';
import { passwordOutcome } from './outcomes.js';
import type { IdentityContext, PersonDoc, WalletBindingDoc } from './state.js';

export interface Challenge {
  readonly authFactorType: 'OTP' | 'BIO' | 'PIN' | 'WLA';
  readonly challenge: string;
  readonly format: string;
}

export type ChallengeJudgement =
  | { readonly kind: 'right'; readonly acr: AcrValue }
  | { readonly kind: 'wrong'; readonly reason: string; readonly outcome?: 'code-expired' }
  /** By the identity provider itself, whatever comes after. */
  | { readonly kind: 'rejected' };

/** Whether a challenge proves that this is the person, and how strongly. A blocked or deactivated person proves nothing. */
export async function judgeChallenge(
  context: IdentityContext,
  person: PersonDoc,
  { authFactorType, challenge, format }: Challenge,
): Promise<ChallengeJudgement> {
  if (isShutOut(person, context.now)) return wrong('this identity is blocked or deactivated');
  if (authFactorType === 'BIO') return wrong('authFactorType BIO is not simulated: use OTP, PIN or WLA');
  if (authFactorType === 'WLA') return judgeWallet(context, person, challenge, format);
  if (format !== 'number' && format !== 'alpha-numeric')
    return wrong(`format ${format} does not fit ${authFactorType}: use number`);
  if (!isRightCode(person, challenge)) return judgeOtherCode(challenge);
  return {
    kind: 'right',
    acr: authFactorType === 'OTP' ? 'idbb:acr:generated-code' : 'idbb:acr:static-code',
  };
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
    if (await signedBy(doc, jwt, now)) return { kind: 'right', acr: 'idbb:acr:linked-wallet' };
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
