import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { blockIds } from '../../contracts/block.js';
import { roles } from '../../contracts/identity.js';
import { chooseLanguage, factsOf, languages, type Language } from '../../console/src/i18n/languages.js';
import { format, type Message } from '../../console/src/i18n/message.js';
import { spanOf } from '../../console/src/i18n/spans.js';

const read = (language: string): Record<string, Message> =>
  JSON.parse(
    readFileSync(new URL(`../../console/locales/${language}.json`, import.meta.url), 'utf8'),
  ) as Record<string, Message>;
const placeholders = (message: Message): string[] =>
  [
    ...new Set((typeof message === 'string' ? message : (message.other ?? '')).match(/\{\w+\}/g) ?? []),
  ].sort();

/** Values that are rightly the same in both languages. */
const sameInBoth: Record<string, readonly string[]> = { es: ['form.no'] };
/** How much of a draft must be there; the rest shows in English. */
const DRAFTED = 0.7;

describe.each((Object.keys(languages) as Language[]).filter((language) => language !== 'en'))(
  'the texts of the console in %s',
  (language) => {
    const english = read('en');
    const translated = read(language);

    it('are complete, and no more; a draft may lack some', () => {
      const known = Object.keys(english);
      expect(Object.keys(translated).filter((key) => !known.includes(key))).toEqual([]);
      if (factsOf(language).draft === undefined)
        expect(known.filter((key) => !(key in translated))).toEqual([]);
      else expect(Object.keys(translated).length).toBeGreaterThan(known.length * DRAFTED);
    });
    it('are translated', () => {
      const same = Object.keys(english).filter(
        (key) => typeof english[key] === 'string' && english[key] === translated[key],
      );
      expect(same).toEqual(sameInBoth[language] ?? []);
    });
    it('keep the placeholders', () => {
      for (const key of Object.keys(translated))
        expect([key, placeholders(translated[key]!)]).toEqual([key, placeholders(english[key]!)]);
    });
    it('have every plural form of the language', () => {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const [key, message] of Object.entries(translated)) {
        if (typeof message === 'object')
          expect([key, Object.keys(message).sort()]).toEqual([key, [...forms].sort()]);
      }
    });
  },
);

describe('messages', () => {
  it('name every role and every building block', () => {
    const english = read('en');
    expect(roles.filter((role) => english[`role.${role}`] === undefined)).toEqual([]);
    expect(blockIds.filter((block) => english[`block.${block}`] === undefined)).toEqual([]);
  });
  it('fill in values and choose the plural form', () => {
    expect(format({ one: '{n} case', other: '{n} cases' }, { n: 1 }, 'en')).toBe('1 case');
    expect(format({ one: '{n} case', other: '{n} cases' }, { n: 1200 }, 'en')).toBe('1,200 cases');
    expect(format('due {date}', { date: 'today' }, 'en')).toBe('due today');
  });
  it('choose the first language that the console speaks', () => {
    expect(chooseLanguage([null, 'de-CH', 'ar-EG', 'en'])).toBe('ar');
    expect(chooseLanguage(['tlh'])).toBe('en');
  });
  it('say lengths of time in the largest unit that fits', () => {
    expect(spanOf(12, 'en')).toBe('12 ms');
    expect(spanOf(2_340, 'en')).toBe('2.3 sec');
    expect(spanOf(59 * 86_400_000, 'en')).toBe('59 days');
  });
});
