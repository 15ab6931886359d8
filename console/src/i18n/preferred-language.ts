import { chooseLanguage, isLanguage, type Language } from './languages.js';

const STORED = 'sandbox.language';
const YEAR_SECONDS = 31_536_000;

/** What the reader chose here before, else what the browser asks for. */
export function preferredLanguage(): Language {
  return chooseLanguage([stored(), ...navigator.languages]);
}

/** The same where the page is drawn for the browser: from its headers. */
export function languageOfRequest(headers: {
  readonly cookie?: string | undefined;
  readonly acceptLanguage?: string | undefined;
}): Language {
  const cookie = /(?:^|;\s*)sandbox\.language=([a-z]+)/.exec(headers.cookie ?? '')?.[1];
  if (isLanguage(cookie)) return cookie;
  const wanted = (headers.acceptLanguage ?? '').split(',').map((part) => {
    const [tag = '', weight = 'q=1'] = part.split(';').map((piece) => piece.trim());
    return { tag, weight: Number(weight.replace(/^q=/, '')) };
  });
  return chooseLanguage(wanted.sort((a, b) => b.weight - a.weight).map(({ tag }) => tag));
}

/** As a cookie too: who draws the first view sees that. */
export function storeLanguage(language: Language): void {
  document.cookie = `${STORED}=${language}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
  try {
    localStorage.setItem(STORED, language);
  } catch {
    return;
  }
}

/** A browser that refuses storage still gets a language, only not a remembered one. */
function stored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}
