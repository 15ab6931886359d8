import {
  createContext,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import en from '../../locales/en.json';
import type { Said } from '../model/texts.js';
import { languages, type Language } from './languages.js';
import { format, type MessageKey, type MessageValues } from './message.js';
import { storeLanguage } from './preferred-language.js';
import { tellerOf } from './server-words.js';
import { spanOf } from './spans.js';
import { loadTexts, type Texts } from './load-texts.js';

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

const Context = createContext<I18n | undefined>(undefined);

/** Texts, dates and numbers in the reader's language, from those that came first on; sets the document's language and direction. */
export function I18nProvider({
  children,
  texts: first,
}: {
  readonly children: ReactNode;
  readonly texts: Texts;
}): ReactElement {
  const [wanted, setWanted] = useState<Language>(first.language);
  const [texts, setTexts] = useState(first);
  const { language } = texts;
  useEffect(() => {
    if (wanted === language) return undefined;
    let waiting = true;
    void loadTexts(wanted).then((next) => {
      if (waiting) setTexts(next);
    });
    return () => {
      waiting = false;
    };
  }, [wanted, language]);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = languages[language].direction;
  }, [language]);
  const value = useMemo(
    () =>
      createI18n(texts, (next) => {
        storeLanguage(next);
        setWanted(next);
      }),
    [texts],
  );
  return <Context value={value}>{children}</Context>;
}

export function useI18n(): I18n {
  const i18n = useContext(Context);
  if (i18n === undefined) throw new Error('useI18n needs an I18nProvider');
  return i18n;
}

function createI18n({ language, messages, words }: Texts, setLanguage: (language: Language) => void): I18n {
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
