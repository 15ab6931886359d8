import { describe, expect, it } from '@jest/globals';
import { cutAtTerms } from '../../console/src/model/terms.js';

const words = { block: ['building blocks', 'building block'], case: ['case'], consent: ['الموافقة'] };

describe('words of the glossary in a text', () => {
  it('are found once each, whatever their case, and nothing is lost', () => {
    const text = 'Building blocks serve each case; a building block is shared.';
    const parts = cutAtTerms(text, words);
    expect(parts.filter(({ term }) => term !== undefined)).toEqual([
      { text: 'Building blocks', term: 'block' },
      { text: 'case', term: 'case' },
    ]);
    expect(parts.map((part) => part.text).join('')).toBe(text);
  });
  it('are whole words', () => {
    expect(cutAtTerms('Showcase and suitcases.', words)).toEqual([
      { text: 'Showcase and suitcases.', term: undefined },
    ]);
  });
  it('are found in every script', () => {
    expect(cutAtTerms('هذه الموافقة لك', words).map(({ term }) => term)).toEqual([
      undefined,
      'consent',
      undefined,
    ]);
  });
});
