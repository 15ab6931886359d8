import type { OperationAnswer } from '../kit/block-definition.js';
import { simulatedContexts, isSimulated } from './auth-factors.js';
import type { ClientDoc, PersonDoc, TransactionDoc } from './state.js';

/**
 * The pages of the sign-in: plain forms without script, so that they work in every browser. Each says that this is
 * training. Whatever comes from outside is escaped; the policy allows nothing to be loaded.
 */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
};

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-inline-size:32rem;margin:2rem auto;padding:0 1rem;color:#1b2430;background:#fff}' +
  'label{display:block;margin:.75rem 0}input:not([type=checkbox]){display:block;inline-size:100%;box-sizing:border-box;font:inherit;padding:.5rem}' +
  'button{font:inherit;padding:.6rem 1.2rem;margin:1rem .5rem 0 0}.note{border-inline-start:.25rem solid #d98a1c;padding-inline-start:.75rem}' +
  '.error{border-inline-start:.25rem solid #b3261e;padding-inline-start:.75rem}';

/** Shown at `authorize`, and again, with the problem, where its form was sent. */
export function signInPage(
  transaction: TransactionDoc,
  client: ClientDoc,
  problem?: string,
): OperationAnswer {
  const acr = transaction.offeredAcr ?? '';
  const factor = isSimulated(acr) ? simulatedContexts[acr] : 'OTP';
  const code = factor === 'PIN' ? 'PIN' : 'One-time password';
  return page(problem === undefined ? 'sign-in-page' : 'sign-in-page:again', 'Sign in', [
    `<p>${escape(client.clientName)} asks who you are.</p>`,
    purposeOf(transaction, ''),
    problem === undefined ? '' : `<p class="error" role="alert">${escape(problem)}</p>`,
    `<form method="post" action="${problem === undefined ? 'authorize/sign-in' : 'sign-in'}">`,
    hidden('transactionId', transaction._id),
    '<label>Number of your identity<input name="individualId" autocomplete="off" required></label>',
    `<label>${code}<input name="code" inputmode="numeric" autocomplete="one-time-code" required></label>`,
    '<p class="note">Training: nobody here is real, and the code is 111111 for everybody.</p>',
    '<button name="decision" value="sign-in">Sign in</button>',
    '<button name="decision" value="cancel" formnovalidate>Cancel</button>',
    '</form>',
  ]);
}

export function consentPage(
  transaction: TransactionDoc,
  client: ClientDoc,
  person: PersonDoc,
): OperationAnswer {
  const essential = new Set(transaction.essential ?? []);
  const rows = transaction.claims.map((claim) => {
    const fixed = essential.has(claim);
    const why = transaction.purposes?.[claim];
    const box = `<input type="checkbox" name="claim" value="${escape(claim)}" checked${fixed ? ' disabled' : ''}>`;
    const kept = fixed ? hidden('claim', claim) : '';
    return `<li><label>${box} ${escape(label(claim))}${fixed ? ' (needed)' : ''}${why === undefined ? '' : `: ${escape(why)}`}</label>${kept}</li>`;
  });
  const known = typeof person.claims.name === 'string' ? person.claims.name : person._id;
  return page('consent-page', 'What may be passed on', [
    `<p>${escape(known)}, ${escape(client.clientName)} would like to know:</p>`,
    purposeOf(transaction, ''),
    '<form method="post" action="consent">',
    hidden('transactionId', transaction._id),
    `<ul>${rows.join('')}</ul>`,
    '<p class="note">Training: nobody here is real.</p>',
    '<button name="decision" value="permit">Allow</button>',
    '<button name="decision" value="refuse">Refuse</button>',
    '</form>',
  ]);
}

/** Where there is nobody to send back to: an unknown client, a foreign address, a sign-in that is over. */
export function refusalPage(reason: string, rule: string): OperationAnswer {
  const lines = [
    `<p class="error" role="alert">${escape(reason)}</p>`,
    '<p class="note">Training: nobody here is real.</p>',
  ];
  return { ...page(rule, 'This sign-in cannot go on', lines), status: 400 };
}

function page(rule: string, title: string, lines: readonly string[]): OperationAnswer {
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} (training)</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${lines.join('\n')}</main></body></html>`;
  return { status: 200, rule, headers, body };
}

function purposeOf({ purposes }: TransactionDoc, claim: string): string {
  const why = purposes?.[claim];
  return why === undefined ? '' : `<p>The purpose: ${escape(why)}</p>`;
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
