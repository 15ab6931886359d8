import { createHash } from 'node:crypto';

import type { PersonaIdentity } from '../../../contracts/identity.js';
import type { PageTexts } from './page-texts.js';

/**
 * The provider's own pages: no scripts but one, no images, no font but the console's own where a letter has none on
 * this machine; layout by logical properties so that right-to-left languages mirror. Text that comes from use cases keeps its own direction (`dir="auto"`).
 */
const served = (family: string, file: string, range: string): string =>
  `@font-face{font-family:'${family}';font-display:swap;src:url('/fonts/${file}-400-normal.woff2') format('woff2');unicode-range:${range}}`;
const style = `
${served('Served Arabic', 'noto-sans-arabic-arabic', 'U+0600-06FF,U+0750-077F,U+FB50-FDFF,U+FE70-FEFC')}
${served('Served Ethiopic', 'noto-sans-ethiopic-ethiopic', 'U+1200-1399,U+2D80-2DDE,U+AB01-AB2E')}
:root{color-scheme:light dark;--line:#767676;--quiet:#555;--accent:#0b5cad;--paper:#fff;--ink:#1a1a1a}
@media (prefers-color-scheme:dark){:root{--line:#8a8a8a;--quiet:#bbb;--accent:#8ec5ff;--paper:#16181c;--ink:#f2f2f2}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 system-ui,'Served Arabic','Served Ethiopic',sans-serif}
main{max-inline-size:64rem;margin-inline:auto;padding:1.5rem}
h1{font-size:1.6rem;margin-block:0 .5rem}
.notice{border-inline-start:.3rem solid var(--accent);padding-inline-start:.75rem;margin-block:0 1.5rem}
ul.cards{list-style:none;margin:0;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(18rem,100%),1fr))}
.cards button{inline-size:100%;block-size:100%;text-align:start;display:flex;flex-direction:column;gap:.25rem}
button{font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.5rem;padding:1rem;cursor:pointer}
button:hover{border-color:var(--accent)}
button:focus-visible,input:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
a{color:var(--accent)}
.button{display:inline-block;padding:.6rem 1rem;border:1px solid var(--accent);border-radius:.5rem;text-decoration:none;font-weight:600}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.other{margin-block:0 1.5rem}
.name{font-weight:600;font-size:1.15rem}
.quiet{color:var(--quiet)}
.roles{display:block;margin-block-start:.25rem}
input[type=text]{font:inherit;padding:.6rem;border:1px solid var(--line);border-radius:.4rem;margin-inline-end:.5rem}
`;
const submitAtOnce = 'document.forms[0].submit()';

const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Content-Security-Policy of every page of the provider. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src ${hashSource(style)}`,
  `script-src ${hashSource(submitAtOnce)}`,
  "font-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join(';');

export function page(texts: PageTexts, title: string, body: string): string {
  return (
    `<!doctype html><html lang="${texts.language}" dir="${texts.direction}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title>` +
    `<style>${style}</style></head><body><main><h1>${escape(title)}</h1>` +
    `<p class="notice">${escape(texts.training)}</p>${body}</main></body></html>`
  );
}

export function personaPicker(
  texts: PageTexts,
  action: string,
  personas: readonly PersonaIdentity[],
  nationalId?: string,
): string {
  const cards = personas.map((persona) => card(texts, persona)).join('');
  const upstream =
    nationalId === undefined
      ? ''
      : `<p class="other"><a class="button" href="${escape(nationalId)}">${escape(texts.nationalId)}</a></p>`;
  const body = `${upstream}<p>${escape(texts.choose)}</p><form method="post" action="${escape(action)}"><ul class="cards">${cards}</ul></form>`;
  return page(texts, texts.signIn, body);
}

function card(texts: PageTexts, persona: PersonaIdentity): string {
  const label = `label-${persona.id}`;
  const story = `story-${persona.id}`;
  return (
    `<li><button name="persona" value="${escape(persona.id)}" aria-labelledby="${label}" aria-describedby="${story}">` +
    `<span id="${label}"><span class="name" dir="auto">${escape(persona.name)}</span> ` +
    `<span class="quiet">&ndash; <span dir="auto">${escape(persona.title)}</span></span></span>` +
    `<span id="${story}"><span dir="auto">${escape(persona.story)}</span> ` +
    `<span class="quiet roles">${escape(texts.roles)} ${escape(persona.roles.join(', '))}</span></span></button></li>`
  );
}

/** A form that oidc-provider made, with a button of ours; sent by itself where scripts are allowed. */
export function signOutPage(texts: PageTexts, form: string): string {
  const button = `<input type="hidden" name="logout" value="yes"><button>${escape(texts.signOut)}</button></form>`;
  return page(texts, texts.signOut, `${form.replace('</form>', button)}<script>${submitAtOnce}</script>`);
}

/** The device pages: oidc-provider's form and a button that sends it. */
export function formPage(texts: PageTexts, title: string, form: string, button: string): string {
  return page(texts, title, form.replace('</form>', `<button>${escape(button)}</button></form>`));
}

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
