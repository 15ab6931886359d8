import { describe, expect, it } from '@jest/globals';
import { languages } from '../../../console/src/i18n/languages.js';
import { pageTexts, type PageTexts } from '../../../mocks/identity/page-texts.js';

const others = Object.keys(languages).filter((language) => language !== 'en');
const said = (texts: PageTexts): readonly (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([name, text]) => {
    if (name === 'language' || name === 'direction') return [];
    if (typeof text === 'string') return [[name, text] as const];
    if (typeof text !== 'function') return Object.entries(text as Record<string, string>);
    return [[name, (text as (...names: string[]) => string)('Amina', 'Welfare')] as const];
  });

describe.each(others)('the sign-in pages with the national ID in %s', (language) => {
  const texts = pageTexts(language);

  it('are there, in the direction of the language', () => {
    expect(texts.language).toBe(language);
    expect(texts.direction).toBe(languages[language as keyof typeof languages].direction);
  });
  it('say everything in that language', () => {
    const english = new Map(said(pageTexts('en')));
    const names = said(texts).map(([name]) => name);
    expect(names).toEqual(said(pageTexts('fr')).map(([name]) => name));
    expect(said(texts).filter(([name, text]) => text === '' || text === english.get(name))).toEqual([]);
  });
});
