/** The console's own languages, each with the locale whose dates and numbers it uses. A use case may lack some: its texts fall back to English. */
export const languages = {
  en: { name: 'English', direction: 'ltr', locale: 'en-GB' },
  fr: { name: 'Français', direction: 'ltr', locale: 'fr' },
  ar: { name: 'العربية', direction: 'rtl', locale: 'ar' },
} as const;
export type Language = keyof typeof languages;

export function isLanguage(value: string | null | undefined): value is Language {
  return value !== null && value !== undefined && value in languages;
}

/** The first of the wanted languages (BCP 47 tags) that the console speaks; English when it speaks none. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split('-')[0];
    if (isLanguage(language)) return language;
  }
  return 'en';
}
