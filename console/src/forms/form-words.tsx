import { createContext, useContext } from 'react';
import { plainFormTexts, type FormTexts } from '../model/form-texts.js';

/** The words of the form around a control. */
export const FormWords = createContext<FormTexts>(plainFormTexts);

export function useFormWords(): FormTexts {
  return useContext(FormWords);
}
