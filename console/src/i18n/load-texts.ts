import en from '../../locales/en.json';
import type { Language } from './languages.js';
import type { Messages } from './message.js';
import type { ServerWords } from './server-words.js';

/** What the console says in one language. */
export interface Texts {
  readonly language: Language;
  readonly messages: Messages;
  readonly words: ServerWords;
}

const messagesOf: Record<Language, () => Promise<Messages>> = {
  en: () => Promise.resolve(en),
  fr: () => import('../../locales/fr.json').then((module) => module.default),
  ar: () => import('../../locales/ar.json').then((module) => module.default),
  es: () => import('../../locales/es.json').then((module) => module.default),
  pt: () => import('../../locales/pt.json').then((module) => module.default),
  am: () => import('../../locales/am.json').then((module) => module.default),
  sw: () => import('../../locales/sw.json').then((module) => module.default),
};

const serverWordsOf: Record<Language, () => Promise<ServerWords>> = {
  en: () => Promise.resolve({}),
  fr: () => import('../../locales/server/fr.json').then((module) => module.default),
  ar: () => import('../../locales/server/ar.json').then((module) => module.default),
  es: () => import('../../locales/server/es.json').then((module) => module.default),
  pt: () => import('../../locales/server/pt.json').then((module) => module.default),
  am: () => import('../../locales/server/am.json').then((module) => module.default),
  sw: () => import('../../locales/server/sw.json').then((module) => module.default),
};

/** Those that do not come are in English. */
export async function loadTexts(language: Language): Promise<Texts> {
  try {
    const [messages, words] = await Promise.all([messagesOf[language](), serverWordsOf[language]()]);
    return { language, messages, words };
  } catch {
    return { language, messages: en, words: {} };
  }
}
