import { createContext, useContext } from 'react';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import type { Said } from '../model/texts.js';
import { wordsOf } from '../model/words.js';

/** The use case whose words stand for names and codes in data that is shown. */
export const DataWords = createContext<Pick<UseCaseTexts, 'fact' | 'value'> | undefined>(undefined);

export interface WordsForData {
  readonly name: (name: string) => Said;
  /** Undefined for what nobody has words for, such as a name or a date. */
  readonly value: (text: string) => Said | undefined;
}

export function useDataWords(): WordsForData {
  const texts = useContext(DataWords);
  return {
    name: (name) => texts?.fact(name) ?? { text: wordsOf(name), lang: 'en' },
    value: (text) => texts?.value(text),
  };
}
