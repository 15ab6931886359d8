import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi, useUseCases } from '../api/queries.js';
import type { Persona, UseCase } from '../api/types.js';
import { say, type Said } from '../model/texts.js';
import { useI18n } from './i18n.js';

export interface PersonaTexts {
  readonly title: (persona: Pick<Persona, 'id' | 'title'>) => Said;
  readonly story: (persona: Pick<Persona, 'id' | 'story'>) => Said;
}

/** Who the personas are, in the reader's language: each use case brings the texts of its own. */
export function usePersonaTexts(): PersonaTexts {
  const api = useApi();
  const { language } = useI18n();
  const { data: useCases } = useUseCases();
  const found = useQueries({
    queries: (useCases ?? []).map(({ id }) => ({
      queryKey: ['use-case', id],
      queryFn: () => api.get<UseCase>(`/api/v1/use-cases/${id}`),
      staleTime: Infinity,
    })),
    combine: (answers) => answers.flatMap(({ data }) => (data === undefined ? [] : [data])),
  });
  return useMemo(() => {
    const text = (id: string, what: string, otherwise: string): Said => {
      const said = found.map(({ locales }) => say(locales, language, ['personas', id, what], ''));
      return (
        said.find((one) => one.text !== '' && one.lang === language) ??
        said.find((one) => one.text !== '') ?? { text: otherwise, lang: 'en' }
      );
    };
    return {
      title: ({ id, title }) => text(id, 'title', title),
      story: ({ id, story }) => text(id, 'story', story),
    };
  }, [found, language]);
}
