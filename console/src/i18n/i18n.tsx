import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import en from '../../locales/en.json';
import type { Said } from '../model/texts.js';
import { chooseLanguage, languages, type Language } from './languages.js';
import { format, type MessageKey, type Messages, type MessageValues } from './message.js';
import { tellerOf, type ServerWords } from './server-words.js';
import { spanOf } from './spans.js';

export interface I18n {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: (key: MessageKey, values?: MessageValues) => string;
  /** What the server says in English: a problem, the cause of an error. */
  readonly told: (english: string) => Said;
  readonly date: (instant: string) => string;
  readonly dateTime: (instant: string) => string;
  readonly time: (instant: string) => string;
  readonly number: (value: number) => string;
  readonly money: (value: number, currency: string) => string;
  readonly span: (milliseconds: number) => string;
  readonly list: (items: readonly string[]) => string;
}

interface Loaded {
  readonly language: Language;
  readonly messages: Messages;
  readonly words: ServerWords;
}

const STORED = 'sandbox.language';
const load: Record<Language, () => Promise<Messages>> = {
  en: () => Promise.resolve(en),
  fr: () => import('../../locales/fr.json').then((module) => module.default),
  ar: () => import('../../locales/ar.json').then((module) => module.default),
  es: () => import('../../locales/es.json').then((module) => module.default),
  pt: () => import('../../locales/pt.json').then((module) => module.default),
  am: () => import('../../locales/am.json').then((module) => module.default),
  sw: () => import('../../locales/sw.json').then((module) => module.default),
};

const Context = createContext<I18n | undefined>(undefined);

const loadServerWords: Record<Language, () => Promise<ServerWords>> = {
  en: () => Promise.resolve({}),
  fr: () => import('../../locales/server/fr.json').then((module) => module.default),
  ar: () => import('../../locales/server/ar.json').then((module) => module.default),
  es: () => import('../../locales/server/es.json').then((module) => module.default),
  pt: () => import('../../locales/server/pt.json').then((module) => module.default),
  am: () => import('../../locales/server/am.json').then((module) => module.default),
  sw: () => import('../../locales/server/sw.json').then((module) => module.default),
};

/** Texts, dates and numbers in the reader's language; sets the document's language and direction. */
export function I18nProvider({ children }: { readonly children: ReactNode }): ReactElement | null {
  const [language, setLanguage] = useState<Language>(() =>
    chooseLanguage([stored(), ...navigator.languages]),
  );
  const [loaded, setLoaded] = useState<Loaded | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    void Promise.all([load[language](), loadServerWords[language]()])
      .catch((): [Messages, ServerWords] => [en, {}])
      .then(([messages, words]) => {
        if (!wanted) return;
        document.documentElement.lang = language;
        document.documentElement.dir = languages[language].direction;
        setLoaded({ language, messages, words });
      });
    return () => {
      wanted = false;
    };
  }, [language]);
  const value = useMemo(
    () =>
      loaded === undefined
        ? undefined
        : createI18n(loaded, (next) => {
            store(next);
            setLanguage(next);
          }),
    [loaded],
  );
  return value === undefined ? null : <Context value={value}>{children}</Context>;
}

export function useI18n(): I18n {
  const i18n = useContext(Context);
  if (i18n === undefined) throw new Error('useI18n needs an I18nProvider');
  return i18n;
}

function createI18n({ language, messages, words }: Loaded, setLanguage: (language: Language) => void): I18n {
  // The pages mix names and figures of several scripts: one calendar and one set of digits keeps them comparable.
  const locale = `${languages[language].locale}-u-ca-gregory-nu-latn`;
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const minute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const dates = new Intl.DateTimeFormat(locale, day);
  const moments = new Intl.DateTimeFormat(locale, { ...day, ...minute });
  const times = new Intl.DateTimeFormat(locale, { ...minute, second: '2-digit' });
  const numbers = new Intl.NumberFormat(locale);
  const tell = tellerOf(words);
  const lists = new Intl.ListFormat(locale, { type: 'unit', style: 'short' });
  return {
    language,
    setLanguage,
    t: (key, values = {}) => format(messages[key] ?? en[key], values, locale),
    told: (english) => {
      const text = tell(english);
      return text === undefined ? { text: english, lang: 'en' } : { text, lang: language };
    },
    date: (instant) => dates.format(new Date(instant)),
    dateTime: (instant) => moments.format(new Date(instant)),
    time: (instant) => times.format(new Date(instant)),
    number: (value) => numbers.format(value),
    money: (value, currency) => money(value, currency, locale),
    span: (milliseconds) => spanOf(milliseconds, locale),
    list: (items) => lists.format(items),
  };
}

function money(value: number, currency: string, locale: string): string {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'code' }).format(
      value,
    );
  } catch {
    return `${value} ${currency}`;
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

function store(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    return;
  }
}
