import { createHash } from 'node:crypto';
import type { OperationAnswer } from '../kit/block-definition.js';
import { simulatedContexts, isSimulated } from './auth-factors.js';
import { pageTexts, type PageTexts } from './page-texts.js';
import type { ClientDoc, PersonDoc, TransactionDoc } from './state.js';

/**
 * The pages of the sign-in: plain forms without script, so that they work in every browser. Each says that this is
 * training. Whatever comes from outside is escaped; the policy allows nothing to be loaded but the sandbox's own fonts, for letters that this machine has none for.
 */
const STYLE =
  "@font-face{font-family:'Served Ethiopic';font-display:swap;src:url('/fonts/noto-sans-ethiopic-ethiopic-400-normal.woff2') format('woff2');unicode-range:U+1200-1399,U+2D80-2DDE,U+AB01-AB2E}" +
  "@font-face{font-family:'Served Arabic';font-display:swap;src:url('/fonts/noto-sans-arabic-arabic-400-normal.woff2') format('woff2');unicode-range:U+0600-06FF,U+0750-077F,U+FB50-FDFF,U+FE70-FEFC}" +
  "body{font:1rem/1.5 system-ui,'Served Arabic','Served Ethiopic',sans-serif}" +
  'body{max-inline-size:32rem;margin:2rem auto;padding:0 1rem;color:#1b2430;background:#fff}' +
  'h1{font-size:1.6rem}label{display:block;margin-block:1rem;font-weight:600}ul{list-style:none;padding:0}li label{font-weight:400;margin-block:.4rem}' +
  'input:not([type=checkbox]){display:block;inline-size:100%;box-sizing:border-box;font:inherit;padding:.6rem;margin-block-start:.3rem;border:1px solid #5b6775;border-radius:.4rem}' +
  'button{font:inherit;padding:.6rem 1.2rem;margin-block-start:1rem;margin-inline-end:.5rem;border:1px solid #0b5cad;border-radius:.4rem;background:#fff;color:#0b5cad;cursor:pointer}' +
  'button.main{background:#0b5cad;color:#fff}button:focus-visible,input:focus-visible{outline:3px solid #d98a1c;outline-offset:2px}' +
  '.note{border-inline-start:.25rem solid #d98a1c;padding-inline-start:.75rem}' +
  // A purpose in another script than the page has lines of its own; what is to be typed is not broken.
  '.said{display:block}code{font:inherit;font-weight:600;white-space:nowrap}' +
  '.error{border-inline-start:.25rem solid #b3261e;padding-inline-start:.75rem}';

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
};

/** Shown at `authorize`, and again, with the problem, where its form was sent. */
export function signInPage(
  transaction: TransactionDoc,
  client: ClientDoc,
  problem?: (texts: PageTexts) => string,
): OperationAnswer {
  const texts = pageTexts(transaction.language);
  const acr = transaction.offeredAcr ?? '';
  const factor = isSimulated(acr) ? simulatedContexts[acr] : 'OTP';
  const biometric = factor === 'L1-bio-device';
  const code = biometric ? texts.biometric : factor === 'PIN' ? texts.pin : texts.oneTimePassword;
  return page(problem === undefined ? 'sign-in-page' : 'sign-in-page:again', texts, texts.signIn, [
    `<p>${escape(texts.asksWho(client.clientName))}</p>`,
    purposeOf(transaction, texts),
    problem === undefined ? '' : `<p class="error" role="alert">${escape(problem(texts))}</p>`,
    `<form method="post" action="${problem === undefined ? 'authorize/sign-in' : 'sign-in'}">`,
    hidden('transactionId', transaction._id),
    `<label>${texts.number}<input name="individualId" dir="ltr" autocomplete="off" required></label>`,
    `<label>${code}<input name="code" dir="ltr" aria-describedby="hint" ${biometric ? 'autocomplete="off"' : 'inputmode="numeric" autocomplete="one-time-code"'} required></label>`,
    `<p class="note" id="hint">${biometric ? texts.trainingBiometric : texts.trainingCode}</p>`,
    `<button class="main" name="decision" value="sign-in">${texts.signIn}</button>`,
    `<button name="decision" value="cancel" formnovalidate>${texts.cancel}</button>`,
    '</form>',
  ]);
}

export function consentPage(
  transaction: TransactionDoc,
  client: ClientDoc,
  person: PersonDoc,
): OperationAnswer {
  const texts = pageTexts(transaction.language);
  const essential = new Set(transaction.essential ?? []);
  const rows = transaction.claims.map((claim) => {
    const fixed = essential.has(claim);
    const why = transaction.purposes?.[claim];
    const box = `<input type="checkbox" name="claim" value="${escape(claim)}" checked${fixed ? ' disabled' : ''}>`;
    const kept = fixed ? hidden('claim', claim) : '';
    return `<li><label>${box} ${escape(texts.claims[claim] ?? label(claim))}${fixed ? ` (${texts.needed})` : ''}${why === undefined ? '' : `: ${escape(why)}`}</label>${kept}</li>`;
  });
  const known = typeof person.claims.name === 'string' ? person.claims.name : person._id;
  return page('consent-page', texts, texts.consent, [
    `<p>${escape(texts.wouldLike(known, client.clientName))}</p>`,
    purposeOf(transaction, texts),
    '<form method="post" action="consent">',
    hidden('transactionId', transaction._id),
    `<ul>${rows.join('')}</ul>`,
    `<p class="note">${texts.training}</p>`,
    `<button class="main" name="decision" value="permit">${texts.allow}</button>`,
    `<button name="decision" value="refuse">${texts.refuse}</button>`,
    '</form>',
  ]);
}

/** Where there is nobody to send back to: an unknown client, a foreign address, a sign-in that is over. */
export function refusalPage(
  reason: string | ((texts: PageTexts) => string),
  rule: string,
  language?: string,
): OperationAnswer {
  const texts = pageTexts(language);
  const lines = [
    `<p class="error" role="alert">${escape(typeof reason === 'string' ? reason : reason(texts))}</p>`,
    `<p class="note">${texts.training}</p>`,
  ];
  return { ...page(rule, texts, texts.over, lines), status: 400 };
}

/** While the documents of the block cannot be reached; for whoever serves its pages. */
export function awayPage(language: string | undefined): OperationAnswer {
  const texts = pageTexts(language);
  const lines = [
    `<p class="error" role="alert">${texts.awayWhy}</p>`,
    `<p class="note">${texts.training}</p>`,
  ];
  return { ...page('away-page', texts, texts.away, lines), status: 503 };
}

function page(rule: string, texts: PageTexts, title: string, lines: readonly string[]): OperationAnswer {
  const body = `<!doctype html><html lang="${texts.language}" dir="${texts.direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} (${texts.trainingShort})</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${lines.join('\n')}</main></body></html>`;
  return { status: 200, rule, headers, body };
}

/** Why the client asks for all of it. */
function purposeOf({ purposes }: TransactionDoc, texts: PageTexts): string {
  const why = purposes?.[''];
  return why === undefined
    ? ''
    : `<p>${texts.purpose} <span class="said" dir="auto">${escape(why)}</span></p>`;
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escape(value)}">`;
}

function label(claim: string): string {
  return claim.replaceAll('_', ' ');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
