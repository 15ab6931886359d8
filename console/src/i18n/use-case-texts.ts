import { useMemo } from 'react';
import { useUseCase } from '../api/queries.js';
import { textsOf, type UseCaseTexts } from '../model/use-case-texts.js';
import { useI18n } from './i18n.js';

export { textsOf, type UseCaseTexts } from '../model/use-case-texts.js';

/** The texts of a use case that comes from the server. */
export function useUseCaseTexts(id: string | undefined): UseCaseTexts {
  const { language } = useI18n();
  const { data: useCase } = useUseCase(id, language);
  return useMemo(() => textsOf(useCase, language), [useCase, language]);
}
