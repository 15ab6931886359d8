import type en from '../../locales/en.json';

export type MessageKey = keyof typeof en;
export type Message = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;
export type Messages = Readonly<Record<string, Message>>;
export type MessageValues = Readonly<Record<string, string | number>>;

/** Fills a message: `{name}` from the values, plural forms by `n`. Numbers are written as the language writes them. */
export function format(message: Message | undefined, values: MessageValues, language: string): string {
  const text = typeof message === 'object' ? pluralForm(message, values['n'], language) : message;
  return (text ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
  });
}

function pluralForm(
  forms: Exclude<Message, string>,
  n: string | number | undefined,
  language: string,
): string | undefined {
  const rule = new Intl.PluralRules(language).select(Number(n ?? 0));
  return forms[rule] ?? forms.other;
}
