import { saveTransaction, timeText } from '../answers.js';
import { grantCode } from '../grant-code.js';
import { judgeChallenge } from '../challenges.js';
import { formOf } from '../form.js';
import type { PageTexts } from '../page-texts.js';
import { consentPage, refusalPage, signInPage } from '../pages.js';
import { redirectBack } from '../redirect.js';
import { isLocked, locked } from '../transactions.js';
import type { IdentityOperation, TransactionDoc } from '../state.js';

/** The form of the sign-in page (an addition of this sandbox: the official document leaves the page to the provider). */
export const authorizeSignIn: IdentityOperation = async (context) => {
  const form = formOf(context.body);
  const found = (await context.state.transactions.get(form.get('transactionId') ?? ''))?.doc;
  const client = (await context.state.clients.get(found?.clientId ?? ''))?.doc;
  if (!found || client?.status !== 'active' || found.codeUsed || found.code !== undefined)
    return refusalPage(
      ({ overWhy }) => overWhy,
      'error:invalid_transaction',
      found?.language ?? context.headers['accept-language'],
    );
  if (form.get('decision') === 'cancel')
    return redirectBack(found, { error: 'access_denied', error_description: 'the person cancelled' });
  if (isLocked(found))
    return redirectBack(found, { error: 'access_denied', error_description: 'too many wrong codes' });
  const individualId = form.get('individualId') ?? '';
  const person = (await context.state.persons.get(individualId))?.doc;
  const judged =
    person && (await judgeChallenge(context, person, challengeOf(found, form.get('code') ?? '')));
  if (judged?.kind === 'rejected') {
    const refused = {
      error: 'access_denied',
      error_description: 'the identity provider rejects this person',
    };
    return { ...redirectBack(found, refused), effects: [saveTransaction(locked(found))] };
  }
  if (!person || judged?.kind !== 'right') {
    const counted = judged?.kind === 'wrong' && judged.uncounted === true ? 0 : 1;
    const tried: TransactionDoc = { ...found, failedAttempts: found.failedAttempts + counted };
    const reason = judged?.kind === 'wrong' ? judged.reason : undefined;
    const problem = (texts: PageTexts): string =>
      reason === undefined ? texts.nobody : `${texts.notSignedIn} ${reason}.`;
    return { ...signInPage(tried, client, problem), effects: [saveTransaction(tried)] };
  }
  const signedIn: TransactionDoc = {
    ...found,
    individualId: person._id,
    authenticatedAt: timeText(context.deps.realClock.now()),
    acr: judged.acr,
  };
  if (signedIn.claims.length === 0 && signedIn.askConsent !== true) return grantCode(context, signedIn, []);
  return { ...consentPage(signedIn, client, person), effects: [saveTransaction(signedIn)] };
};

/** What the page asks for, where it is no one-time password. */
const FACTORS: Readonly<Record<string, 'PIN' | 'BIO'>> = {
  'idbb:acr:static-code': 'PIN',
  'idbb:acr:biometrics': 'BIO',
};

function challengeOf({ offeredAcr }: TransactionDoc, code: string): Parameters<typeof judgeChallenge>[2] {
  return {
    authFactorType: FACTORS[offeredAcr ?? ''] ?? 'OTP',
    challenge: code.trim(),
    format: 'alpha-numeric',
  };
}
