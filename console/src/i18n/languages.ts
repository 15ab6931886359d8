interface LanguageFacts {
  /** As its speakers call it. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** Whose dates and numbers are used. */
  readonly locale: string;
  /** The word for "draft": nobody who speaks it has checked it yet, and what is missing shows in English. */
  readonly draft?: string;
}

/** The console's own languages. A use case may lack some: its texts fall back to English. */
export const languages = {
  en: { name: 'English', direction: 'ltr', locale: 'en-GB' },
  fr: { name: 'Français', direction: 'ltr', locale: 'fr' },
  ar: { name: 'العربية', direction: 'rtl', locale: 'ar' },
  es: { name: 'Español', direction: 'ltr', locale: 'es', draft: 'borrador' },
  pt: { name: 'Português', direction: 'ltr', locale: 'pt', draft: 'rascunho' },
  am: { name: 'አማርኛ', direction: 'ltr', locale: 'am', draft: 'ረቂቅ' },
  sw: { name: 'Kiswahili', direction: 'ltr', locale: 'sw', draft: 'rasimu' },
} as const satisfies Record<string, LanguageFacts>;
export type Language = keyof typeof languages;

export function factsOf(language: Language): LanguageFacts {
  return languages[language];
}

export function isLanguage(value: string | null | undefined): value is Language {
  return value !== null && value !== undefined && Object.hasOwn(languages, value);
}

/** The first of the wanted languages (BCP 47 tags) that the console speaks; English when it speaks none. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split('-')[0];
    if (isLanguage(language)) return language;
  }
  return 'en';
}
