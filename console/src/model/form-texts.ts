import type { Field, Option } from './form-fields.js';
import { say, type Said } from './texts.js';

/** The words of a form: what the use case's locales say, else what its schema says, which is in English. */
export interface FormTexts {
  readonly description: (own: string | undefined) => Said | undefined;
  readonly title: (field: Field) => Said;
  readonly hint: (field: Field) => Said | undefined;
  readonly option: (field: Field, option: Option) => Said;
}

/**
 * Looks in `fields`, `hints` and `options` of a locale: below the form's own name first, then below `every`, since many
 * forms ask for the same things. The form's own hint is called `form`.
 */
export function formTexts(
  locales: Readonly<Record<string, unknown>>,
  language: string,
  form: string,
): FormTexts {
  const text = (part: string, name: string, otherwise: string): Said => {
    const own = say(locales, language, [part, form, name], '');
    if (own.text !== '' && own.lang === language) return own;
    const shared = say(locales, language, [part, 'every', name], '');
    if (shared.text !== '' && shared.lang === language) return shared;
    return [own, shared].find((said) => said.text !== '') ?? { text: otherwise, lang: 'en' };
  };
  return {
    description: (own) => (own === undefined ? undefined : text('hints', 'form', own)),
    title: (field) => text('fields', field.name, field.title),
    hint: (field) =>
      field.description === undefined ? undefined : text('hints', field.name, field.description),
    option: (_field, option) => text('options', option.value, option.label),
  };
}

/** Words straight from the schema. */
export const plainFormTexts: FormTexts = formTexts({}, 'en', '');
